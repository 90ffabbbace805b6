"""Quirks of quoting, spacing and commenting, each as one program or person writes it."""

from tests.corpus.messy import messy, tabbed

FILES = (
    messy(
        "quotes_left_as_they_are.csv",
        """\
id,title,year,price
1,"The "Quay" at night",2001,9.90
2,"Mill, and lock",1998,12.00
3,"A "b" c",2010,7.50
4,"Plain",2015,
""",
        'id¦title¦year¦price\n1¦The "Quay" at night¦2001¦9.90\n2¦Mill, and lock¦1998¦12.00\n'
        '3¦A "b" c¦2010¦7.50\n4¦Plain¦2015¦\n',
        "may",
    ),
    messy(
        "quotes_and_commas_left.csv",
        """\
id,title,year
1,"The "Quay", by night",2001
2,"Mill, and lock",1998
3,"A "b", "c" and d",2010
4,"Plain",2015
""",
        'id¦title¦year\n1¦The "Quay", by night¦2001\n2¦Mill, and lock¦1998\n'
        '3¦A "b", "c" and d¦2010\n4¦Plain¦2015\n',
        "must",
    ),
    messy(
        "names_in_apostrophes.csv",
        """\
'id','name','note'
'1','O''Neil','it''s, well, fine'
'2','Bo "Ek"',''
'3','D''Arcy','a
b'
""",
        "id¦name¦note\n1¦O'Neil¦it's, well, fine\n2¦Bo \"Ek\"¦\n3¦D'Arcy¦a⏎b\n",
    ),
    messy(
        "spaces_around_quotes.csv",
        """\
"id" , "name" , "town"
"1" , "Ames, Ada" , "York"
"2" , "Boyd, Bo" , "Hull"
"3" , "Cole, Cy" , ""
""",
        "id¦name¦town\n1¦Ames, Ada¦York\n2¦Boyd, Bo¦Hull\n3¦Cole, Cy¦\n",
        "may",
    ),
    messy(
        "escaped_both_ways.csv",
        """\
id,text,lang
1,"She said \\"no\\", twice",en
2,"He said ""yes"" once",en
3,"back\\\\slash, and comma",xx
4,plain,
""",
        'id¦text¦lang\n1¦She said "no", twice¦en\n2¦He said "yes" once¦en\n'
        "3¦back\\slash, and comma¦xx\n4¦plain¦\n",
        "may",
    ),
    messy(
        "comments_behind_rows.csv",
        """\
x,y,z
0,1.2,4  # start
1,1.3,4
2,1.1,5  # gust, strong
3,1.0,4
""",
        "x¦y¦z\n0¦1.2¦4\n1¦1.3¦4\n2¦1.1¦5\n3¦1.0¦4\n",
        "must",
    ),
    messy(
        "moment_of_two_words.txt",
        """\
Date Temp Rain Wind
2021-01-01 10:00 4.1 0.0 NNW
2021-01-01 11:00 4.3 0.2 N
2021-01-01 12:00 4.4 0.0 NE
2021-01-01 13:00 4.9 0.0 E
""",
        "Date¦Temp¦Rain¦Wind\n2021-01-01 10:00¦4.1¦0.0¦NNW\n2021-01-01 11:00¦4.3¦0.2¦N\n"
        "2021-01-01 12:00¦4.4¦0.0¦NE\n2021-01-01 13:00¦4.9¦0.0¦E\n",
        "must",
    ),
    messy(
        "blocks_with_titles.csv",
        """\
North
Town,Open,Staff
York,yes,12
Hull,no,0

South
Town,Open,Staff
Bath,yes,9
Bristol,yes,31
""",
        "Town¦Open¦Staff\nYork¦yes¦12\nHull¦no¦0\n",
        "must",
    ),
    messy(
        "header_quoted_rows_not.csv",
        """\
"Sample ID";"Depth, m";"Age (ka)"
QU-1;0,05;2,10
QU-2;0,10;2,15
QU-3;;2,20
""",
        "Sample ID¦Depth, m¦Age (ka)\nQU-1¦0,05¦2,10\nQU-2¦0,10¦2,15\nQU-3¦¦2,20\n",
    ),
    messy(
        "inch_opens_the_cell.tsv",
        tabbed('sku→size→text\nA1→"5 pipe→steel\nA2→3/4→"elbow\nA3→12→board\nA4→1→"x\n'),
        'sku¦size¦text\nA1¦"5 pipe¦steel\nA2¦3/4¦"elbow\nA3¦12¦board\nA4¦1¦"x\n',
        "may",
    ),
    messy(
        "semicolon_ends_each_row.csv",
        """\
id,name,town;
1,Ada,York;
2,Bo,Hull;
3,Cy,Ripon;
""",
        "id¦name¦town\n1¦Ada¦York\n2¦Bo¦Hull\n3¦Cy¦Ripon\n",
        "may",
    ),
    messy(
        "brackets_around_rows.txt",
        """\
(1, 'Ada', 12.50)
(2, 'O\\'Neil', 9.00)
(3, 'Cy, Jr.', NULL)
""",
        "column_1¦column_2¦column_3\n1¦Ada¦12.50\n2¦O'Neil¦9.00\n3¦Cy, Jr.¦NULL\n",
        "must",
    ),
    messy(
        "tab_and_comma_mixed.txt",
        tabbed("id,→name,→town\n1,→Ada,→York\n2,→Bo,→Hull\n3,→Cy,→Ripon\n"),
        "id¦name¦town\n1¦Ada¦York\n2¦Bo¦Hull\n3¦Cy¦Ripon\n",
        "may",
    ),
    messy(
        "spaces_and_tabs_mixed.txt",
        "gene  start\tend   strand\nabc1\t120   340\t+\nxyz2   12\t88  -\nqrs3  901\t 1204\t+\n",
        "gene¦start¦end¦strand\nabc1¦120¦340¦+\nxyz2¦12¦88¦-\nqrs3¦901¦1204¦+\n",
        "may",
    ),
    messy(
        "blank_rows_of_spaces.csv",
        "id,name,town\n1,Ada,York\n   \n2,Bo,Hull\n \t \n3,Cy,Ripon\n\x0c\n",
        "id¦name¦town\n1¦Ada¦York\n2¦Bo¦Hull\n3¦Cy¦Ripon\n",
        "may",
    ),
    messy(
        "header_without_delimiters.csv",
        """\
Sales of the year
2019,North,1204
2019,South,880
2020,North,990
2020,South,1011
""",
        "column_1¦column_2¦column_3\n2019¦North¦1204\n2019¦South¦880\n2020¦North¦990\n"
        "2020¦South¦1011\n",
        "may",
    ),
    messy(
        "names_far_above.csv",
        """\
id,name,town

,,
1,Ada,York
2,Bo,Hull
3,Cy,Ripon
""",
        "id¦name¦town\n1¦Ada¦York\n2¦Bo¦Hull\n3¦Cy¦Ripon\n",
    ),
    messy(
        "pipes_with_spaces_and_rules.txt",
        """\
 Ship    | Tons | Flag
 ------- | ---- | ----
 Aurora  | 1204 | NO
 Bris    |   88 | SE

 Cetus   |      | PT
""",
        "Ship¦Tons¦Flag\nAurora¦1204¦NO\nBris¦88¦SE\nCetus¦¦PT\n",
        "may",
    ),
)
