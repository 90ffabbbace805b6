"""What stands below a table or between its rows: notes, totals, blank rows, other tables."""

from tests.corpus.messy import messy

FILES = (
    messy(
        "source_after_a_blank.csv",
        """\
Region,Hens,Eggs
North,1200,801
South,3400,2210
Islands,410,300

Source: farm census 2016
(c) all rights reserved
""",
        "Region¦Hens¦Eggs\nNorth¦1200¦801\nSouth¦3400¦2210\nIslands¦410¦300\n",
    ),
    messy(
        "notes_directly_below.csv",
        """\
Ward,Electorate,Turnout
Abbey,8122,41.2%
Castle,7930,38.0%
Mill,9011,44.9%
Quay,6540,35.5%*
* recount pending
Figures exclude spoilt papers.
""",
        "Ward¦Electorate¦Turnout\nAbbey¦8122¦41.2%\nCastle¦7930¦38.0%\n"
        "Mill¦9011¦44.9%\nQuay¦6540¦35.5%*\n",
        "may",
    ),
    messy(
        "notes_padded.csv",
        """\
Drug,Packs,Cost
Amoxil,120,£310.20
Brufen,88,£94.16
Zantac,13,£41.00
,,
Notes:,,
1. Costs are before discount.,,
"2. Packs, not items.",,
""",
        "Drug¦Packs¦Cost\nAmoxil¦120¦£310.20\nBrufen¦88¦£94.16\nZantac¦13¦£41.00\n",
    ),
    messy(
        "total_directly_below.csv",
        """\
Department,Staff,Cost
Legal,12,640000
Press,4,180000
IT,31,1490000
Total,47,2310000
""",
        "Department¦Staff¦Cost\nLegal¦12¦640000\nPress¦4¦180000\nIT¦31¦1490000\nTotal¦47¦2310000\n",
        "may",
    ),
    messy(
        "total_after_a_blank.csv",
        """\
Datum;Beleg;Soll;Haben
02.01.2020;AR 1;119,00;
03.01.2020;ER 7;;59,50
07.01.2020;AR 2;238,00;

Summe;;357,00;59,50
""",
        "Datum¦Beleg¦Soll¦Haben\n02.01.2020¦AR 1¦119,00¦\n03.01.2020¦ER 7¦¦59,50\n"
        "07.01.2020¦AR 2¦238,00¦\n",
        "may",
    ),
    messy(
        "empty_rows_at_the_end.csv",
        "Name,Room,Ext\nKay,B12,4410\nLund,B14,4411\nMoss,,\n" + ",,\n" * 40,
        "Name¦Room¦Ext\nKay¦B12¦4410\nLund¦B14¦4411\nMoss¦¦\n",
        line_end="\r\n",
    ),
    messy(
        "second_table.csv",
        """\
Product,Units
Tea,120
Coffee,340
Cocoa,22

Month,Revenue,Tax
January,1200.50,228.10
February,1100.00,209.00
""",
        "Product¦Units\nTea¦120\nCoffee¦340\nCocoa¦22\n",
        "must",
    ),
    messy(
        "second_table_of_the_same_width.csv",
        """\
Income,2021,2022
Rent,1200,1250
Grants,400,0

Spending,2021,2022
Repairs,700,810
Staff,300,330
""",
        "Income¦2021¦2022\nRent¦1200¦1250\nGrants¦400¦0\n",
        "must",
    ),
    messy(
        "header_again_in_the_middle.csv",
        """\
id,name,amount
1,Ada,10.00
2,Bo,12.50
3,Cy,9.75
id,name,amount
4,Di,11.00
5,Ed,8.20
6,Flo,14.10
""",
        "id¦name¦amount\n1¦Ada¦10.00\n2¦Bo¦12.50\n3¦Cy¦9.75\n4¦Di¦11.00\n5¦Ed¦8.20\n6¦Flo¦14.10\n",
        "must",
    ),
    messy(
        "groups_parted_by_blanks.csv",
        """\
Team,Player,Goals
Reds,Ames,4
Reds,Boyd,0

Blues,Cole,7
Blues,Dunn,2

Greens,Eyre,1
Greens,Ford,3
""",
        "Team¦Player¦Goals\nReds¦Ames¦4\nReds¦Boyd¦0\nBlues¦Cole¦7\nBlues¦Dunn¦2\n"
        "Greens¦Eyre¦1\nGreens¦Ford¦3\n",
        "may",
    ),
    messy(
        "end_of_report.txt",
        "ACCT|NAME|BALANCE\n1001|HILL|20.00\n1002|IRWIN|-4.10\n1003|JUDD|0.00\n"
        "*** END OF REPORT ***\n",
        "ACCT¦NAME¦BALANCE\n1001¦HILL¦20.00\n1002¦IRWIN¦-4.10\n1003¦JUDD¦0.00\n",
        "may",
    ),
    messy(
        "rows_counted.txt",
        "id\tcity\tpeople\n7\tBergen\t285911\n8\tOslo\t697549\n9\tTromsø\t76974\n"
        "\n(3 rows affected)\n",
        "id¦city¦people\n7¦Bergen¦285911\n8¦Oslo¦697549\n9¦Tromsø¦76974\n",
    ),
    messy(
        "kinds_of_records.txt",
        """\
H,20230401,BANK01,0001
D,DE01,Meyer,120.00
D,DE02,Nolte,44.10
D,FR07,Olive,9.99
T,3,174.09
""",
        "column_1¦column_2¦column_3¦column_4\nH¦20230401¦BANK01¦0001\nD¦DE01¦Meyer¦120.00\n"
        "D¦DE02¦Nolte¦44.10\nD¦FR07¦Olive¦9.99\nT¦3¦174.09¦\n",
        "may",
    ),
    messy(
        "section_rows.csv",
        """\
Item,Qty,Price
DAIRY,,
Milk,2,1.10
Butter,1,2.35
BAKERY,,
Rolls,12,0.30
Rye,1,2.80
""",
        "Item¦Qty¦Price\nDAIRY¦¦\nMilk¦2¦1.10\nButter¦1¦2.35\nBAKERY¦¦\nRolls¦12¦0.30\nRye¦1¦2.80\n",
        "may",
    ),
)
