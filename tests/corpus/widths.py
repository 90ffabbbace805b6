"""Rows and columns that do not fit: trailing delimiters, empty edges, short and long rows."""

from tests.corpus.messy import messy

FILES = (
    messy(
        "trailing_delimiter_everywhere.csv",
        "Ref;Montant;Devise;\nA1;12,50;EUR;\nA2;9,00;CHF;\nA3;;EUR;\n",
        "Ref¦Montant¦Devise\nA1¦12,50¦EUR\nA2¦9,00¦CHF\nA3¦¦EUR\n",
    ),
    messy(
        "trailing_delimiter_in_rows.csv",
        "id,lat,lon\n1,52.1,13.2,\n2,52.4,13.9,\n3,51.0,12.8,\n",
        "id¦lat¦lon\n1¦52.1¦13.2\n2¦52.4¦13.9\n3¦51.0¦12.8\n",
    ),
    messy(
        "trailing_delimiter_in_header.csv",
        "id,lat,lon,\n1,52.1,13.2\n2,52.4,13.9\n3,51.0,12.8\n",
        "id¦lat¦lon\n1¦52.1¦13.2\n2¦52.4¦13.9\n3¦51.0¦12.8\n",
    ),
    messy(
        "leading_delimiter.txt",
        "|sku|name|qty|\n|A-1|Bolt, M4|100|\n|A-2|Nut, M4|250|\n|A-3|Washer|9|\n",
        "sku¦name¦qty\nA-1¦Bolt, M4¦100\nA-2¦Nut, M4¦250\nA-3¦Washer¦9\n",
    ),
    messy(
        "empty_columns_right.csv",
        "School,Pupils,Meals,,,,\nElm,412,220,,,,\nOak,388,198,,,,\nAsh,77,,,,,\n",
        "School¦Pupils¦Meals\nElm¦412¦220\nOak¦388¦198\nAsh¦77¦\n",
        line_end="\r\n",
    ),
    messy(
        "empty_column_left.csv",
        ",,Name,Born\n,,Ada,1815\n,,Bo,1901\n,,Cy,1950\n",
        "Name¦Born\nAda¦1815\nBo¦1901\nCy¦1950\n",
    ),
    messy(
        "empty_column_inside.csv",
        "Name,Born,,Died\nAda,1815,,1852\nBo,1901,,\nCy,1950,,2011\n",
        "Name¦Born¦column_3¦Died\nAda¦1815¦¦1852\nBo¦1901¦¦\nCy¦1950¦¦2011\n",
    ),
    messy(
        "note_in_an_unnamed_column.csv",
        "Name,Score,,\nAda,9,,\nBo,7,,re-marked\nCy,8,,\nDi,4,,\n",
        "Name¦Score¦column_3¦column_4\nAda¦9¦¦\nBo¦7¦¦re-marked\nCy¦8¦¦\nDi¦4¦¦\n",
        "may",
    ),
    messy(
        "short_rows.csv",
        """\
ref,customer,phone,memo
1,Ames,020 7946 0001,call first
2,Boyd,020 7946 0002
3,Cole
4,Dunn,020 7946 0004,
5,Eyre,,paid cash
""",
        """\
ref¦customer¦phone¦memo
1¦Ames¦020 7946 0001¦call first
2¦Boyd¦020 7946 0002¦
3¦Cole¦¦
4¦Dunn¦020 7946 0004¦
5¦Eyre¦¦paid cash
""",
        "may",
    ),
    messy(
        "one_long_row.csv",
        """\
id,name,score
1,Ames,7
2,Boyd,8
3,Cole,6,late
4,Dunn,9
5,Eyre,5
""",
        "id¦name¦score¦column_4\n1¦Ames¦7¦\n2¦Boyd¦8¦\n3¦Cole¦6¦late\n4¦Dunn¦9¦\n5¦Eyre¦5¦\n",
        "may",
    ),
    messy(
        "comma_without_quotes.csv",
        """\
id,company,city,since
1,Hill Ltd,York,2001
2,Smith, Jones & Co,Hull,1998
3,Quay plc,Ripon,2010
4,Lund AS,Oslo,2015
""",
        "id¦company¦city¦since¦column_5\n1¦Hill Ltd¦York¦2001¦\n2¦Smith¦ Jones & Co¦Hull¦1998\n"
        "3¦Quay plc¦Ripon¦2010¦\n4¦Lund AS¦Oslo¦2015¦\n",
        "must",
    ),
    messy(
        "baskets.csv",
        """\
bread,milk,eggs
butter,bread
milk,tea,sugar,biscuits,jam
eggs
tea,milk
rice,beans,onions,garlic,oil,salt
""",
        "column_1¦column_2¦column_3¦column_4¦column_5¦column_6\nbread¦milk¦eggs¦¦¦\n"
        "butter¦bread¦¦¦¦\nmilk¦tea¦sugar¦biscuits¦jam¦\neggs¦¦¦¦¦\ntea¦milk¦¦¦¦\n"
        "rice¦beans¦onions¦garlic¦oil¦salt\n",
        "must",
    ),
    messy(
        "mostly_empty.csv",
        """\
id,title,given,middle,family,suffix,fax,note
1,,Ada,,Ames,,,
2,Dr,Bo,,Boyd,,,
3,,Cy,J.,Cole,,,"moved, no address"
4,,Di,,,,,
5,,,,Eyre,Jr,,
""",
        """\
id¦title¦given¦middle¦family¦suffix¦fax¦note
1¦¦Ada¦¦Ames¦¦¦
2¦Dr¦Bo¦¦Boyd¦¦¦
3¦¦Cy¦J.¦Cole¦¦¦moved, no address
4¦¦Di¦¦¦¦¦
5¦¦¦¦Eyre¦Jr¦¦
""",
    ),
    messy(
        "sparse_first_rows.csv",
        """\
order,parent,line,sku,qty,comment
1,,,,,
2,1,,,,
3,1,1,AX-1,4,ok
4,1,2,AX-2,1,
5,,1,BZ-9,2,"gift, wrap"
""",
        """\
order¦parent¦line¦sku¦qty¦comment
1¦¦¦¦¦
2¦1¦¦¦¦
3¦1¦1¦AX-1¦4¦ok
4¦1¦2¦AX-2¦1¦
5¦¦1¦BZ-9¦2¦gift, wrap
""",
    ),
    messy(
        "last_row_cut_off.csv",
        "id,at,value,unit\n1,10:00,4.1,V\n2,10:05,4.2,V\n3,10:10,4.2,V\n4,10:1",
        "id¦at¦value¦unit\n1¦10:00¦4.1¦V\n2¦10:05¦4.2¦V\n3¦10:10¦4.2¦V\n4¦10:1¦¦\n",
        "may",
    ),
)
