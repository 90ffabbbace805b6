"""Data as it lies in source repositories and teaching material."""

from tests.corpus.messy import messy

FILES = (
    messy(
        "hash_as_a_name.csv",
        "#,Name,Type 1,Type 2,HP,Legendary\n1,Leafling,Grass,Poison,45,False\n"
        "2,Emberox,Fire,,39,False\n3,Skyrend,Dragon,Flying,106,True\n",
        "#¦Name¦Type 1¦Type 2¦HP¦Legendary\n1¦Leafling¦Grass¦Poison¦45¦False\n"
        "2¦Emberox¦Fire¦¦39¦False\n3¦Skyrend¦Dragon¦Flying¦106¦True\n",
    ),
    messy(
        "colours.csv",
        "hex,name,red,green,blue\n#ff0000,red,255,0,0\n#0f0,lime,0,255,0\n"
        "#00008b,dark blue,0,0,139\n",
        "hex¦name¦red¦green¦blue\n#ff0000¦red¦255¦0¦0\n#0f0¦lime¦0¦255¦0\n"
        "#00008b¦dark blue¦0¦0¦139\n",
    ),
    messy(
        "census_income.data",
        """\
39, State-gov, 77516, Bachelors, Never-married, 2174, 40, <=50K
50, Self-emp, 83311, Bachelors, Married, 0, 13, <=50K
38, ?, 215646, HS-grad, Divorced, 0, 40, <=50K
53, Private, 234721, 11th, Married, 0, 40, >50K

""",
        "column_1¦column_2¦column_3¦column_4¦column_5¦column_6¦column_7¦column_8\n"
        "39¦State-gov¦77516¦Bachelors¦Never-married¦2174¦40¦<=50K\n"
        "50¦Self-emp¦83311¦Bachelors¦Married¦0¦13¦<=50K\n"
        "38¦?¦215646¦HS-grad¦Divorced¦0¦40¦<=50K\n53¦Private¦234721¦11th¦Married¦0¦40¦>50K\n",
    ),
    messy(
        "cars.data",
        '18.0   8   307.0      130.0\t"brook chevette malibu"\n'
        '15.0   8   350.0      165.0\t"skylark 320"\n'
        '25.0   4   98.00      ?\t"ford pinto"\n'
        '26.0   4   97.00      46.00\t"vw 1131 deluxe"\n',
        """\
column_1¦column_2¦column_3¦column_4¦column_5
18.0¦8¦307.0¦130.0¦brook chevette malibu
15.0¦8¦350.0¦165.0¦skylark 320
25.0¦4¦98.00¦?¦ford pinto
26.0¦4¦97.00¦46.00¦vw 1131 deluxe
""",
        "may",
    ),
    messy(
        "messages.tsv",
        "ham\tOk lar... Joking wif u, are you? :)\n"
        "spam\tFREE entry!! Text WIN to 80086, T&C's apply: http://win.example/a;b\n"
        'ham\t"Nah" I don\'t think so, he lives around here\n'
        "ham\tSorry, I'll call later\n"
        "spam\tURGENT! You have won a £900 prize | claim code KL341\n",
        "column_1¦column_2\nham¦Ok lar... Joking wif u, are you? :)\n"
        "spam¦FREE entry!! Text WIN to 80086, T&C's apply: http://win.example/a;b\n"
        "ham¦\"Nah\" I don't think so, he lives around here\nham¦Sorry, I'll call later\n"
        "spam¦URGENT! You have won a £900 prize | claim code KL341\n",
        "may",
    ),
    messy(
        "airports.dat",
        r"""1,"Goroka","Goroka","Papua New Guinea","GKA","AYGA",-6.08,145.39,5282,10,"U"
2,"Thule, Air Base","Thule","Greenland","THU","BGTL",76.53,-68.70,251,-4,\N
3,"Ærø \"Nord\"","Ærø","Denmark",\N,"EKAE",54.85,10.45,8,1,"E"
""",
        "column_1¦column_2¦column_3¦column_4¦column_5¦column_6¦column_7¦column_8¦column_9"
        "¦column_10¦column_11\n"
        "1¦Goroka¦Goroka¦Papua New Guinea¦GKA¦AYGA¦-6.08¦145.39¦5282¦10¦U\n"
        "2¦Thule, Air Base¦Thule¦Greenland¦THU¦BGTL¦76.53¦-68.70¦251¦-4¦\\N\n"
        '3¦Ærø "Nord"¦Ærø¦Denmark¦\\N¦EKAE¦54.85¦10.45¦8¦1¦E\n',
        "may",
    ),
    messy(
        "wine.csv",
        '"fixed acidity";"volatile acidity";"pH";"quality"\n7.4;0.7;3.51;5\n7.8;0.88;3.2;5\n'
        "11.2;0.28;3.16;6\n",
        "fixed acidity¦volatile acidity¦pH¦quality\n7.4¦0.7¦3.51¦5\n7.8¦0.88¦3.2¦5\n"
        "11.2¦0.28¦3.16¦6\n",
    ),
    messy(
        "word_counts.txt",
        "the 23135851\nof 13151942\nand 12997637\nto 12136980\na 9081174\n",
        "column_1¦column_2\nthe¦23135851\nof¦13151942\nand¦12997637\nto¦12136980\na¦9081174\n",
        "may",
    ),
    messy(
        "vectors.txt",
        "the 0.418 0.24968 -0.41242\n, 0.013441 0.23682 -0.16899\n. 0.15164 0.30177 -0.16763\n"
        "of 0.70853 0.57088 -0.4716\n",
        "column_1¦column_2¦column_3¦column_4\nthe¦0.418¦0.24968¦-0.41242\n"
        ",¦0.013441¦0.23682¦-0.16899\n.¦0.15164¦0.30177¦-0.16763\nof¦0.70853¦0.57088¦-0.4716\n",
        "may",
    ),
    messy(
        "sentences.conll",
        "EU NNP B-NP B-ORG\nrejects VBZ B-VP O\nGerman JJ B-NP B-MISC\ncall NN I-NP O\n. . O O\n\n"
        "Peter NNP B-NP B-PER\nBlackburn NNP I-NP I-PER\n\nBRUSSELS NNP B-NP B-LOC\n"
        "1996-08-22 CD I-NP O\n",
        "column_1¦column_2¦column_3¦column_4\nEU¦NNP¦B-NP¦B-ORG\nrejects¦VBZ¦B-VP¦O\n"
        "German¦JJ¦B-NP¦B-MISC\ncall¦NN¦I-NP¦O\n.¦.¦O¦O\nPeter¦NNP¦B-NP¦B-PER\n"
        "Blackburn¦NNP¦I-NP¦I-PER\nBRUSSELS¦NNP¦B-NP¦B-LOC\n1996-08-22¦CD¦I-NP¦O\n",
        "may",
    ),
    messy(
        "changed_lines.txt",
        "12\t3\tapp/models.py\n0\t44\tREADME.md\n-\t-\tdocs/picture, large.png\n1\t1\tsetup.cfg\n",
        "column_1¦column_2¦column_3\n12¦3¦app/models.py\n0¦44¦README.md\n"
        "-¦-¦docs/picture, large.png\n1¦1¦setup.cfg\n",
        "may",
    ),
    messy(
        "films_with_lists.csv",
        """\
,title,genres,cast,rating
0,Paper Lanterns,"['Drama', 'War']","[{'name': 'A. Lee', 'age': 4}]",7.1
1,"Sea, The",[],"[{'name': ""Pat O'Hara""}]",
2,Up,['Comedy'],,8.0
""",
        """\
column_1¦title¦genres¦cast¦rating
0¦Paper Lanterns¦['Drama', 'War']¦[{'name': 'A. Lee', 'age': 4}]¦7.1
1¦Sea, The¦[]¦[{'name': "Pat O'Hara"}]¦
2¦Up¦['Comedy']¦¦8.0
""",
    ),
    messy(
        "users.txt",
        "root:x:0:0:root:/root:/bin/bash\ndaemon:x:1:1::/usr/sbin:/usr/sbin/nologin\n"
        "ada:x:1000:1000:Ada L.,,,:/home/ada:/bin/bash\n",
        "column_1¦column_2¦column_3¦column_4¦column_5¦column_6¦column_7\n"
        "root¦x¦0¦0¦root¦/root¦/bin/bash\ndaemon¦x¦1¦1¦¦/usr/sbin¦/usr/sbin/nologin\n"
        "ada¦x¦1000¦1000¦Ada L.,,,¦/home/ada¦/bin/bash\n",
        "may",
    ),
    messy(
        "passengers.csv",
        """\
PassengerId,Survived,Name,Sex,Age,Ticket,Fare,Cabin
1,0,"Brand, Mr. Owen",male,22,A/5 21171,7.25,
2,1,"Cumber, Mrs. John (Flo ""Bri"" Thay)",female,38,PC 17599,71.2833,C85
3,1,"Heik, Miss. Laina",female,,STON/O2. 3101282,7.925,
""",
        """\
PassengerId¦Survived¦Name¦Sex¦Age¦Ticket¦Fare¦Cabin
1¦0¦Brand, Mr. Owen¦male¦22¦A/5 21171¦7.25¦
2¦1¦Cumber, Mrs. John (Flo "Bri" Thay)¦female¦38¦PC 17599¦71.2833¦C85
3¦1¦Heik, Miss. Laina¦female¦¦STON/O2. 3101282¦7.925¦
""",
    ),
)
