"""Names of columns: absent, repeated, empty, over two rows, with units, and of numbers."""

from tests.corpus.messy import messy

FILES = (
    messy(
        "no_header_numbers.csv",
        "5.1,3.5,1.4,0.2,0\n4.9,3.0,1.4,0.2,0\n7.0,3.2,4.7,1.4,1\n6.4,3.2,4.5,1.5,1\n",
        "column_1¦column_2¦column_3¦column_4¦column_5\n5.1¦3.5¦1.4¦0.2¦0\n4.9¦3.0¦1.4¦0.2¦0\n"
        "7.0¦3.2¦4.7¦1.4¦1\n6.4¦3.2¦4.5¦1.5¦1\n",
    ),
    messy(
        "no_header_all_text.csv",
        "Ada,London,engineer\nBo,Oslo,baker\nCy,Rome,tailor\nDi,Kyiv,nurse\n",
        "column_1¦column_2¦column_3\nAda¦London¦engineer\nBo¦Oslo¦baker\nCy¦Rome¦tailor\n"
        "Di¦Kyiv¦nurse\n",
        "may",
    ),
    messy(
        "no_header_sales.csv",
        """\
2021-03-01,S01,"Baker, J.",19.99,paid
2021-03-01,S02,"Cho, M.",5.00,paid
2021-03-02,S01,"Diaz, R.",130.25,open
2021-03-04,S03,"Eng, L.",8.40,paid
""",
        """\
column_1¦column_2¦column_3¦column_4¦column_5
2021-03-01¦S01¦Baker, J.¦19.99¦paid
2021-03-01¦S02¦Cho, M.¦5.00¦paid
2021-03-02¦S01¦Diaz, R.¦130.25¦open
2021-03-04¦S03¦Eng, L.¦8.40¦paid
""",
        "may",
    ),
    messy(
        "all_text_with_header.csv",
        """\
country,capital,continent
France,Paris,Europe
Kenya,Nairobi,Africa
Peru,Lima,South America
Japan,Tokyo,Asia
Ghana,Accra,Africa
""",
        "country¦capital¦continent\nFrance¦Paris¦Europe\nKenya¦Nairobi¦Africa\n"
        "Peru¦Lima¦South America\nJapan¦Tokyo¦Asia\nGhana¦Accra¦Africa\n",
        "may",
    ),
    messy(
        "repeated_and_empty_names.csv",
        """\
id,name,,date,amount,date,amount
1,Ada,x,2020-01-01,10,2020-02-01,11
2,Bo,,2020-01-03,20,,
3,Cy,y,2020-01-04,30,2020-02-09,31
""",
        """\
id¦name¦column_3¦date¦amount¦date_2¦amount_2
1¦Ada¦x¦2020-01-01¦10¦2020-02-01¦11
2¦Bo¦¦2020-01-03¦20¦¦
3¦Cy¦y¦2020-01-04¦30¦2020-02-09¦31
""",
    ),
    messy(
        "row_names_unnamed.csv",
        """\
"mpg","cyl","hp"
"Arrow 6",21,6,110
"Comet",22.8,4,93
"Falcon Sport",18.7,8,175
""",
        "column_1¦mpg¦cyl¦hp\nArrow 6¦21¦6¦110\nComet¦22.8¦4¦93\nFalcon Sport¦18.7¦8¦175\n",
    ),
    messy(
        "row_names_empty_name.csv",
        """\
"","Sepal","Petal","Kind"
"1",5.1,1.4,"setosa"
"2",4.9,1.4,"setosa"
"3",6.3,6,"virginica"
""",
        "column_1¦Sepal¦Petal¦Kind\n1¦5.1¦1.4¦setosa\n2¦4.9¦1.4¦setosa\n3¦6.3¦6¦virginica\n",
    ),
    messy(
        "row_names_by_spaces.txt",
        '"dose" "len" "supp"\n"1" 0.5 4.2 "VC"\n"2" 0.5 11.5 "VC"\n"3" 1 16.5 "OJ"\n',
        "column_1¦dose¦len¦supp\n1¦0.5¦4.2¦VC\n2¦0.5¦11.5¦VC\n3¦1¦16.5¦OJ\n",
    ),
    messy(
        "two_rows_of_header.csv",
        """\
,Men,,Women,
Age,Count,Share,Count,Share
0-17,1200,20.1%,1150,19.0%
18-64,3900,65.2%,3920,64.9%
65+,880,14.7%,970,16.1%
""",
        """\
Age¦Men Count¦Men Share¦Women Count¦Women Share
0-17¦1200¦20.1%¦1150¦19.0%
18-64¦3900¦65.2%¦3920¦64.9%
65+¦880¦14.7%¦970¦16.1%
""",
        "may",
    ),
    messy(
        "row_of_units.csv",
        """\
time,speed,heading,depth
s,m/s,deg,m
0,1.2,90,4.1
1,1.3,91,4.1
2,1.3,93,4.2
3,1.1,92,4.4
""",
        "time s¦speed m/s¦heading deg¦depth m\n0¦1.2¦90¦4.1\n1¦1.3¦91¦4.1\n2¦1.3¦93¦4.2\n"
        "3¦1.1¦92¦4.4\n",
        "may",
    ),
    messy(
        "years_as_names.csv",
        "Country,1990,1991,1992\nChad,12.1,12.4,12.9\nMali,9.9,10.2,\nOman,4.4,4.1,3.8\n",
        "Country¦1990¦1991¦1992\nChad¦12.1¦12.4¦12.9\nMali¦9.9¦10.2¦\nOman¦4.4¦4.1¦3.8\n",
    ),
    messy(
        "years_as_names_whole_numbers.csv",
        ",2018,2019,2020\nNorth,120,130,90\nSouth,88,91,70\nEast,41,40,22\n",
        "column_1¦2018¦2019¦2020\nNorth¦120¦130¦90\nSouth¦88¦91¦70\nEast¦41¦40¦22\n",
        "may",
    ),
    messy(
        "dates_as_names.csv",
        """\
Province,Country,Lat,Long,1/22/20,1/23/20,1/24/20
,Albania,41.15,20.16,0,0,1
"Hubei, wide",China,30.97,112.27,444,444,549
,Ghana,7.94,-1.02,0,0,0
""",
        """\
Province¦Country¦Lat¦Long¦1/22/20¦1/23/20¦1/24/20
¦Albania¦41.15¦20.16¦0¦0¦1
Hubei, wide¦China¦30.97¦112.27¦444¦444¦549
¦Ghana¦7.94¦-1.02¦0¦0¦0
""",
    ),
    messy(
        "survey_questions.csv",
        """\
"Timestamp","What is your name?","Which do you use, if any? [Bus, tram]","How old are you?","Why?"
"2022/05/01 9:14:02 AM GMT+2","Ana","Bus, tram","34","It's near.
And ""cheap""."
"2022/05/01 9:20:44 AM GMT+2","Bea","","19",""
"2022/05/01 11:02:10 PM GMT+2","Cal","Tram","51","No car, no bike"
""",
        """\
Timestamp¦What is your name?¦Which do you use, if any? [Bus, tram]¦How old are you?¦Why?
2022/05/01 9:14:02 AM GMT+2¦Ana¦Bus, tram¦34¦It's near.⏎And "cheap".
2022/05/01 9:20:44 AM GMT+2¦Bea¦¦19¦
2022/05/01 11:02:10 PM GMT+2¦Cal¦Tram¦51¦No car, no bike
""",
    ),
    messy(
        "names_over_two_lines.csv",
        """\
"Emp.
No.","Full
name","Start
date"
0017,"Hale, Jo",01-Mar-2011
0018,"Ives, Al",15-Jul-2013
0044,"Judd, Em",09-Jan-2020
""",
        "Emp. No.¦Full name¦Start date\n0017¦Hale, Jo¦01-Mar-2011\n0018¦Ives, Al¦15-Jul-2013\n"
        "0044¦Judd, Em¦09-Jan-2020\n",
    ),
    messy(
        "rule_under_the_header.txt",
        "id|city|people\n--|----|------\n1|Bergen|285911\n2|Oslo|697549\n3|Tromsø|76974\n",
        "id¦city¦people\n1¦Bergen¦285911\n2¦Oslo¦697549\n3¦Tromsø¦76974\n",
        "may",
    ),
    messy("header_only.csv", "id,name,e-mail,joined\n", "id¦name¦e-mail¦joined\n", "may"),
    messy(
        "one_row.csv", "id,name,joined\n1,Ada,2020-01-01\n", "id¦name¦joined\n1¦Ada¦2020-01-01\n"
    ),
    messy(
        "one_column.csv",
        "email\nada@example.org\nbo@example.org\ncy@example.org\ndi@example.org\n",
        "email\nada@example.org\nbo@example.org\ncy@example.org\ndi@example.org\n",
        "may",
    ),
    messy(
        "one_column_quoted.csv",
        '"Name"\n"Ames, Ada"\n"Boyd, Bo"\n"Cole, Cy"\n"Dunn, Di"\n',
        "Name\nAmes, Ada\nBoyd, Bo\nCole, Cy\nDunn, Di\n",
        "may",
    ),
    messy(
        "one_column_of_numbers.txt",
        "reading\n12.1\n12.4\n11.9\n12.0\n",
        "reading\n12.1\n12.4\n11.9\n12.0\n",
        "may",
    ),
)
