"""What people make in spreadsheets and editors, and send on."""

from tests.corpus.messy import cells_of, messy, tabbed

NAMES = """\
2023-03-01→O'Neil→'s-Hertogenbosch→Rock 'n' roll, live
2023-03-02→D'Arcy→L'Aquila→
2023-03-04→Sant'Ana→Coeur d'Alene→'90s night
"""

FILES = (
    messy(
        "side_by_side.csv",
        """\
Income,,,,Spending,,
Month,Rent,Grants,,Month,Staff,Repairs
Jan,1200,0,,Jan,300,12
Feb,1200,400,,Feb,300,0
Mar,1250,0,,Mar,330,88
""",
        "Month¦Rent¦Grants\nJan¦1200¦0\nFeb¦1200¦400\nMar¦1250¦0\n",
        "must",
    ),
    messy(
        "pivot.csv",
        """\
Sum of Amount,,Quarter,,,
Region,Product,Q1,Q2,Q3,Grand Total
North,Kettles,1200,1100,,2300
,Mugs,310,,290,600
North Total,,1510,1100,290,2900
South,Kettles,88,91,70,249
South Total,,88,91,70,249
Grand Total,,1598,1191,360,3149
""",
        """\
Region¦Product¦Q1¦Q2¦Q3¦Grand Total
North¦Kettles¦1200¦1100¦¦2300
¦Mugs¦310¦¦290¦600
North Total¦¦1510¦1100¦290¦2900
South¦Kettles¦88¦91¦70¦249
South Total¦¦88¦91¦70¦249
Grand Total¦¦1598¦1191¦360¦3149
""",
        "may",
    ),
    messy(
        "addresses_only.txt",
        "ana@example.org\nbo.ek@example.org\ncy+list@example.org\ndi@sub.example.org\n"
        "ed@example.org\n",
        "column_1\nana@example.org\nbo.ek@example.org\ncy+list@example.org\ndi@sub.example.org\n"
        "ed@example.org\n",
        "may",
    ),
    messy(
        "stop_words.txt",
        "a\nabout\nabove\nafter\nagain\nagainst\nain't\nall\nam\nan\n",
        "column_1\na\nabout\nabove\nafter\nagain\nagainst\nain't\nall\nam\nan\n",
        "must",
    ),
    messy(
        "saved_twice.csv",
        '''\
"id,name,city,note";;;
"1,Ada,London,""first, and best""";;;
"2,Bo,Oslo,";;;
"3,Cy,Rome,late";;;
''',
        "id¦name¦city¦note\n1¦Ada¦London¦first, and best\n2¦Bo¦Oslo¦\n3¦Cy¦Rome¦late\n",
        "must",
    ),
    messy(
        "header_with_commas_rows_with_semicolons.csv",
        """\
id,name,city,born
1;Ada;London;1815
2;Bo;Oslo;1901
3;Cy;Rome, old town;1950
""",
        "id¦name¦city¦born\n1¦Ada¦London¦1815\n2¦Bo¦Oslo¦1901\n3¦Cy¦Rome, old town¦1950\n",
        "must",
    ),
    messy(
        "apostrophe_names.tsv",
        tabbed("date→name→place→event\n" + NAMES),
        "date¦name¦place¦event\n" + cells_of(NAMES, "→"),
    ),
    messy(
        "sizes_in_inches.tsv",
        tabbed(
            'sku→size→text\n"A1"→5"→5" pipe, steel\n"A2"→3/4"→"short" elbow\n'
            '"A3"→12→a 2" x 4" board\n"A4"→1"→\n'
        ),
        'sku¦size¦text\nA1¦5"¦5" pipe, steel\nA2¦3/4"¦"short" elbow\nA3¦12¦a 2" x 4" board\n'
        'A4¦1"¦\n',
        "may",
    ),
    messy(
        "pages.txt",
        """\
STOCK LIST                               PAGE   1
CODE     DESCRIPTION              QTY      PRICE
10001    KETTLE, STEEL             12      24.90
10002    MUG, BLUE                400       9.90
10007    PLATE                      0      12.00
\fSTOCK LIST                               PAGE   2
CODE     DESCRIPTION              QTY      PRICE
20001    FORK                      90       2.10
20002    SPOON                    110       2.00
""",
        "CODE¦DESCRIPTION¦QTY¦PRICE\n10001¦KETTLE, STEEL¦12¦24.90\n10002¦MUG, BLUE¦400¦9.90\n"
        "10007¦PLATE¦0¦12.00\n20001¦FORK¦90¦2.10\n20002¦SPOON¦110¦2.00\n",
        "must",
    ),
    messy(
        "mark_in_the_middle.csv",
        "\ufeffid,name,amount\n1,Ada,10.00\n2,Bo,12.50\n3,Cy,1.00\n"
        "\ufeffid,name,amount\n4,Di,9.75\n5,Ed,8.20\n",
        "id¦name¦amount\n1¦Ada¦10.00\n2¦Bo¦12.50\n3¦Cy¦1.00\n4¦Di¦9.75\n5¦Ed¦8.20\n",
        "must",
    ),
    messy(
        "line_ends_of_three_kinds.csv",
        'id,name,note\r\n1,Ada,ok\r2,Bo,\n3,Cy,"two\r\nlines"\r\n4,Di,ok\r5,Ed,ok\n',
        "id¦name¦note\n1¦Ada¦ok\n2¦Bo¦\n3¦Cy¦two\r⏎lines\n4¦Di¦ok\n5¦Ed¦ok\n",
        "may",
    ),
    messy(
        "sep_semicolon_in_commas.csv",
        "sep=;\nid;price;text\n1;9,90;a, b, c\n2;12,00;d, e, f\n3;7,50;g, h, i\n",
        "id¦price¦text\n1¦9,90¦a, b, c\n2¦12,00¦d, e, f\n3¦7,50¦g, h, i\n",
        line_end="\r\n",
    ),
    messy(
        "turned_around.csv",
        """\
Country,France,Kenya,Peru
Capital,Paris,Nairobi,Lima
People (m),67.8,53.0,33.7
Currency,euro,shilling,sol
""",
        "Country¦France¦Kenya¦Peru\nCapital¦Paris¦Nairobi¦Lima\nPeople (m)¦67.8¦53.0¦33.7\n"
        "Currency¦euro¦shilling¦sol\n",
        "may",
    ),
    messy(
        "fields_with_names.log",
        'ts=2023-03-01T10:00:00Z level=info msg="started, waiting" ms=12\n'
        "ts=2023-03-01T10:00:04Z level=warn msg=slow ms=1204\n"
        'ts=2023-03-01T10:00:09Z level=info msg="done: 3 jobs" ms=88\n',
        "ts¦level¦msg¦ms\n2023-03-01T10:00:00Z¦info¦started, waiting¦12\n"
        "2023-03-01T10:00:04Z¦warn¦slow¦1204\n2023-03-01T10:00:09Z¦info¦done: 3 jobs¦88\n",
        "must",
    ),
    messy(
        "rota.csv",
        """\
Rota – week 9,,,,,
,,Mon,Tue,Wed,Thu
Ward A,Early,Ada,Ada,Bo,
,Late,Cy,,Cy,Di
,Night,,Ed,Ed,Ed
Ward B,Early,Flo,Flo,,Gus
,Late,,Hal,Hal,
""",
        """\
column_1¦column_2¦Mon¦Tue¦Wed¦Thu
Ward A¦Early¦Ada¦Ada¦Bo¦
¦Late¦Cy¦¦Cy¦Di
¦Night¦¦Ed¦Ed¦Ed
Ward B¦Early¦Flo¦Flo¦¦Gus
¦Late¦¦Hal¦Hal¦
""",
        "may",
    ),
    messy(
        "years_in_two_rows.csv",
        """\
Region,2020,,2021,
,Births,Deaths,Births,Deaths
North,120,98,131,101
South,88,91,70,95
East,41,40,22,37
""",
        "Region¦2020 Births¦2020 Deaths¦2021 Births¦2021 Deaths\nNorth¦120¦98¦131¦101\n"
        "South¦88¦91¦70¦95\nEast¦41¦40¦22¦37\n",
        "may",
    ),
    messy(
        "fixed_without_gaps.txt",
        """\
0100101000212023A1204MILLER    JOHN
0100101000222023B0088SMITHSON  ANNE-MARIE
0100203000012023A0912ORTEGA    LUIS
0100203000022022C1000NGUYEN    T
""",
        "column_1\n-\n",
        "must",
    ),
    messy(
        "tabs_and_nothing_else.xls",
        tabbed("No.→Name→Paid→Sum\n1→Ames→x→1.204,50\n2→Boyd→→88,00\n3→Cole→x→\n→→→1.292,50\n"),
        "No.¦Name¦Paid¦Sum\n1¦Ames¦x¦1.204,50\n2¦Boyd¦¦88,00\n3¦Cole¦x¦\n¦¦¦1.292,50\n",
        "may",
        encoding="cp1252",
        line_end="\r\n",
    ),
)
