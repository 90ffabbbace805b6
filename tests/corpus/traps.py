"""Files that look plainer than they are: a reading that fits every line, and is wrong."""

from tests.corpus.messy import messy, tabbed

FILES = (
    messy(
        "dates_with_commas.csv",
        """\
Date,Close,Volume
Jan 4, 2021,12.50,1204
Jan 5, 2021,12.61,880
Jan 6, 2021,12.44,912
Jan 7, 2021,12.90,1500
""",
        "Date¦Close¦Volume\nJan 4, 2021¦12.50¦1204\nJan 5, 2021¦12.61¦880\n"
        "Jan 6, 2021¦12.44¦912\nJan 7, 2021¦12.90¦1500\n",
        "must",
    ),
    messy(
        "names_with_commas.csv",
        """\
Name,Town,Since
Ames, Ada,York,2001
Boyd, Bo,Hull,1998
Cole, Cy,Ripon,2010
Dunn, Di,Oslo,2015
""",
        "Name¦Town¦Since\nAmes, Ada¦York¦2001\nBoyd, Bo¦Hull¦1998\nCole, Cy¦Ripon¦2010\n"
        "Dunn, Di¦Oslo¦2015\n",
        "must",
    ),
    messy(
        "thousands_with_commas.csv",
        """\
Year,Visitors
2019,1,204,331
2020,3,120,980
2021,2,881,004
2022,4,015,662
""",
        "Year¦Visitors\n2019¦1,204,331\n2020¦3,120,980\n2021¦2,881,004\n2022¦4,015,662\n",
        "must",
    ),
    messy(
        "decimals_with_commas.csv",
        "Zeit,Temperatur,Feuchte\n10:00,21,4,40,1\n10:10,21,5,40,2\n10:20,21,7,39,9\n",
        "Zeit¦Temperatur¦Feuchte\n10:00¦21,4¦40,1\n10:10¦21,5¦40,2\n10:20¦21,7¦39,9\n",
        "must",
    ),
    messy(
        "last_name_too_many.csv",
        """\
id,name,town,note
1,Ada,York
2,Bo,Hull
3,Cy,Ripon
4,Di,Oslo
""",
        "id¦name¦town¦note\n1¦Ada¦York¦\n2¦Bo¦Hull¦\n3¦Cy¦Ripon¦\n4¦Di¦Oslo¦\n",
        "may",
    ),
    messy(
        "units_in_brackets.csv",
        """\
Time,Depth,Flow
(s),(m),(l/s)
0,1.20,14.1
10,1.22,14.4
20,1.21,14.2
30,1.19,13.9
""",
        "Time (s)¦Depth (m)¦Flow (l/s)\n0¦1.20¦14.1\n10¦1.22¦14.4\n20¦1.21¦14.2\n30¦1.19¦13.9\n",
        "must",
    ),
    messy(
        "units_of_text_columns.csv",
        """\
Station,Observer,Temp,Wind
-,-,deg C,m/s
Quay,Ames,4.1,3.2
Mill,Boyd,3.9,2.8
Lock,Cole,4.0,-
""",
        "Station -¦Observer -¦Temp deg C¦Wind m/s\nQuay¦Ames¦4.1¦3.2\nMill¦Boyd¦3.9¦2.8\n"
        "Lock¦Cole¦4.0¦-\n",
        "must",
    ),
    messy(
        "aggregated_frame.csv",
        """\
,price,price,qty
,mean,std,sum
shop,,,
north,12.5,1.204,120
south,11.0,0.88,88
east,9.75,,12
""",
        "shop¦price mean¦price std¦qty sum\nnorth¦12.5¦1.204¦120\nsouth¦11.0¦0.88¦88\n"
        "east¦9.75¦¦12\n",
        "must",
    ),
    messy(
        "header_at_the_end_too.csv",
        """\
Rank,Player,Goals
1,Ames,12
2,Boyd,9
3,Cole,9
4,Dunn,4
Rank,Player,Goals
""",
        "Rank¦Player¦Goals\n1¦Ames¦12\n2¦Boyd¦9\n3¦Cole¦9\n4¦Dunn¦4\n",
        "must",
    ),
    messy(
        "total_on_top.csv",
        """\
Place,Visits,Revenue
Total,1204,880.50
Quay,1000,700.00
Mill,204,180.50
""",
        "Place¦Visits¦Revenue\nTotal¦1204¦880.50\nQuay¦1000¦700.00\nMill¦204¦180.50\n",
        "may",
    ),
    messy(
        "tables_without_a_gap.csv",
        """\
Branch,Loans,Visits
Central,1204,9820
North,338,2711
Month,Opened,Closed
January,12,3
February,9,4
March,14,2
""",
        "Branch¦Loans¦Visits\nCentral¦1204¦9820\nNorth¦338¦2711\n",
        "must",
    ),
    messy(
        "delimiter_changes.csv",
        """\
id,name,amount
1,Ada,10.00
2,Bo,12.50
3,Cy,9.75
4;Di;11,00
5;Ed;8,20
6;Flo;14,10
""",
        "id¦name¦amount\n1¦Ada¦10.00\n2¦Bo¦12.50\n3¦Cy¦9.75\n4¦Di¦11,00\n5¦Ed¦8,20\n6¦Flo¦14,10\n",
        "must",
    ),
    messy(
        "tabs_with_comma_names.txt",
        tabbed("id,name,town\n1→Ada→York\n2→Bo→Hull\n3→Cy→Ripon, north\n"),
        "id¦name¦town\n1¦Ada¦York\n2¦Bo¦Hull\n3¦Cy¦Ripon, north\n",
        "must",
    ),
    messy(
        "column_added_later.csv",
        """\
time,temp,rh
10:00,21.4,40.1
10:10,21.5,40.2
10:20,21.7,39.9
10:30,21.7,39.9,1013
10:40,21.8,39.7,1013
10:50,21.8,39.6,1012
""",
        "time¦temp¦rh¦column_4\n10:00¦21.4¦40.1¦\n10:10¦21.5¦40.2¦\n10:20¦21.7¦39.9¦\n"
        "10:30¦21.7¦39.9¦1013\n10:40¦21.8¦39.7¦1013\n10:50¦21.8¦39.6¦1012\n",
        "must",
    ),
    messy(
        "quoted_line_feeds_unquoted.csv",
        """\
id,comment,stars
1,Good and cheap,5
2,Arrived late
but works,3
3,Broken,1
4,Fine
thanks,4
""",
        "id¦comment¦stars\n1¦Good and cheap¦5\n2¦Arrived late⏎but works¦3\n3¦Broken¦1\n"
        "4¦Fine⏎thanks¦4\n",
        "must",
    ),
    messy(
        "comment_mark_in_the_names.csv",
        "#id,name,town\n1,Ada,York\n2,Bo,Hull\n#3,Cy,Ripon\n4,Di,Oslo\n",
        "#id¦name¦town\n1¦Ada¦York\n2¦Bo¦Hull\n#3¦Cy¦Ripon\n4¦Di¦Oslo\n",
        "must",
    ),
    messy(
        "first_row_of_years.csv",
        "2019,2020,2021\n120,98,131\n88,91,70\n41,40,22\n",
        "2019¦2020¦2021\n120¦98¦131\n88¦91¦70\n41¦40¦22\n",
        "may",
    ),
    messy(
        "preamble_like_rows.csv",
        """\
Report,Stock
Date,2023-03-01
User,Ada
Warehouse,North
Item,Qty
Kettle,12
Mug,400
Plate,0
""",
        "Item¦Qty\nKettle¦12\nMug¦400\nPlate¦0\n",
        "must",
    ),
    messy(
        "nothing_is_empty_quotes.csv",
        """\
id;name;phone;mail
"1";"Ada";"";""
"2";"";"020 7946 0002";""
"3";"Cy ""C"" X";"";"cy@example.org"
""",
        'id¦name¦phone¦mail\n1¦Ada¦¦\n2¦¦020 7946 0002¦\n3¦Cy "C" X¦¦cy@example.org\n',
    ),
)
