"""Entirely ordinary files of every trade, about which nobody has anything to ask."""

from tests.corpus.messy import Messy, cells_of, messy, tabbed

CANDY = """\
competitorname,chocolate,fruity,bar,sugarpercent,winpercent
100 Grand,1,0,1,.73199999,66.971725
Reese's Miniatures,1,0,0,.034000002,81.866257
Nik L Nip,0,1,0,.197,22.445341
Smarties candy,0,1,0,.26699999,45.995827
M&M's,1,0,0,.82499999,66.574585
"""
TITLES = """\
tconst→titleType→primaryTitle→isAdult→startYear→endYear→runtimeMinutes→genres
tt0000001→short→Carmencita→0→1894→\\N→1→Documentary,Short
tt0000502→movie→Bohemios "the film"→0→1905→\\N→100→\\N
tt0039120→tvSeries→'Allo, Quay→0→1946→1949→\\N→Comedy
tt0000574→movie→Ned→0→1906→\\N→70→Action,Adventure
"""
PUPILS = """\
school;sex;age;address;Mjob;guardian;absences;G1;G2;G3
"GP";"F";18;"U";"at_home";"mother";6;"5";"6";6
"GP";"M";17;"U";"services";"father";4;"5";"5";6
"MS";"F";15;"R";"health";"other";10;"7";"8";10
"GP";"F";15;"U";"other";"mother";0;"15";"14";15
"""
HARDWARE = """\
PartNo|Description|Maker|OnHand
0004411|3/4" elbow, brass|O'Brien & Sons|12
0004412|6' ladder|D'Angelo|3
0004420|19" rack (42U)|Quay|0
0004431|1/2" x 3" bolt|O'Brien & Sons|480
"""
MEMBERS = """\
name;role;joined;city;memo
佐藤 花子;会長;2019年4月1日;大阪市;
鈴木 一郎;会計;2020年10月12日;東京都港区;月末まで休み
王 小明;会員;2021年1月5日;横浜市;
李 四;会員;2021年1月5日;;連絡先変更
"""
WINES = """\
1,14.23,1.71,2.43,15.6,127,2.8,1065
1,13.2,1.78,2.14,11.2,100,2.65,1050
2,12.37,.94,1.36,10.6,88,1.98,520
3,12.86,1.35,2.32,18,122,1.51,630
3,13.4,3.91,2.48,23,102,1.8,750
"""
ACQUISITIONS = """\
accession,title,acquired,returned,value
1998.12,Tide gauge,12 March 1998,,£120
1999.3.1-4,Four oars,c. 1999,1/2/2004,unknown
2001.7,Ship's bell,2001-06-30,,"£1,204"
L2005.2,Ledger,Spring 2005,March 2006,
"""
CODES = """\
alpha_2,alpha_3,name,region
AF,AFG,Afghanistan,Asia
CI,CIV,Côte d'Ivoire,Africa
NA,NAM,Namibia,Africa
AX,ALA,Åland Islands,Europe
GS,SGS,South Georgia,
"""


def sensor_log() -> Messy:
    """Return three hundred minutes of a server's load."""
    header = ("timestamp", "host", "cpu_pct", "mem_mb", "status")
    rows = tuple(
        (
            f"2023-03-0{minute // 100 + 1}T{minute // 60:02}:{minute % 60:02}:00Z",
            f"web-{minute % 3 + 1}",
            f"{minute * 37 % 1000 / 10}",
            str(2048 + minute * 13 % 900),
            "" if minute % 7 else "degraded",
        )
        for minute in range(300)
    )
    text = "".join(",".join(row) + "\n" for row in (header, *rows))
    return Messy("server_load.csv", text.encode(), header, rows)


def sparse_export() -> Messy:
    """Return a base of contacts with forty columns, nearly all of them empty."""
    fields = ("Suffix", "Fax", "Street 2", "Pager", "Birthday", "Web Page", "Keywords", "Notes")
    header = ("First Name", "Last Name", *fields, *(f"Custom {number}" for number in range(1, 31)))
    people = ("Ada Ames", "Bo Ek", "Cy Cole", "Di Dunn", "Zoë Été")
    rows = tuple(
        (
            *person.split(),
            "Jr." if place == 2 else "",
            *[""] * 36,
            "vip" if place == 3 else "",
        )
        for place, person in enumerate(people)
    )
    text = "".join(",".join(row) + "\n" for row in (header, *rows))
    return Messy("contacts_export.csv", text.replace("\n", "\r\n").encode(), header, rows)


FILES = (
    sensor_log(),
    sparse_export(),
    messy("candy_power.csv", CANDY, cells_of(CANDY, ",")),
    messy("title_basics.tsv", tabbed(TITLES), cells_of(TITLES, "→")),
    messy("pupils.csv", PUPILS, cells_of(PUPILS.replace('"', ""), ";")),
    messy("hardware.txt", HARDWARE, cells_of(HARDWARE, "|")),
    messy("club_members.csv", "\ufeff" + MEMBERS, cells_of(MEMBERS, ";"), line_end="\r\n"),
    messy(
        "wine_measures.data",
        WINES,
        "¦".join(f"column_{place}" for place in range(1, 9)) + "\n" + cells_of(WINES, ","),
    ),
    messy(
        "acquisitions.csv",
        ACQUISITIONS,
        cells_of(ACQUISITIONS.replace('"£1,204"', "£1;204"), ",").replace("£1;204", "£1,204"),
    ),
    messy("country_codes.csv", "\ufeff" + CODES, cells_of(CODES, ","), line_end="\r\n"),
    messy(
        "domains.csv",
        "domain\nquay.example\nmill.example\nlock.example\nweir.example\nebb.example",
        "domain\nquay.example\nmill.example\nlock.example\nweir.example\nebb.example",
    ),
    messy(
        "capitals_people.csv",
        "city,population\nOslo,709037\nNuku'alofa,23221\nWashington D.C.,689545\n",
        "city¦population\nOslo¦709037\nNuku'alofa¦23221\nWashington D.C.¦689545\n",
    ),
    messy(
        "settings_export.csv",
        'setting,value\nlanguage,"en-GB, en"\nstart_page,https://quay.example/?a=1&b=2',
        "setting¦value\nlanguage¦en-GB, en\nstart_page¦https://quay.example/?a=1&b=2",
    ),
    messy(
        "posts.csv",
        """\
id,created_at,text,lang,favorites
1633096240823250944,2023-03-07 13:00:01+00:00,"Boats are in! 🚤🌊
Come by, all of you https://t.example/Ab1",en,12
1633096240823250999,2023-03-07 14:10:44+00:00,"RT @quay: ""never"" 😂",en,0
1633100000000000001,2023-03-08 00:00:00+00:00,潮が満ちた,ja,
1633100000000000077,2023-03-08 09:21:10+00:00,#nofilter,und,3
""",
        """\
id¦created_at¦text¦lang¦favorites
1633096240823250944¦2023-03-07 13:00:01+00:00¦Boats are in! 🚤🌊⏎Come by, all of you https://t.example/Ab1¦en¦12
1633096240823250999¦2023-03-07 14:10:44+00:00¦RT @quay: "never" 😂¦en¦0
1633100000000000001¦2023-03-08 00:00:00+00:00¦潮が満ちた¦ja¦
1633100000000000077¦2023-03-08 09:21:10+00:00¦#nofilter¦und¦3
""",
    ),
    messy(
        "films_metadata.csv",
        """\
budget,genres,homepage,id,title,overview,vote_average
237000000,"[{""id"": 28, ""name"": ""Action""}, {""id"": 12, ""name"": ""Sea""}]",http://www.tides.example/,19995,Tides,"In 2154, a diver is sent down; he stays.",7.2
0,[],,19999,"Quay, The","A clerk, ""retired"", comes back.",5
880000,"[{""id"": 18, ""name"": ""Drama""}]",,20011,M,,6.1
""",  # noqa: E501
        """\
budget¦genres¦homepage¦id¦title¦overview¦vote_average
237000000¦[{"id": 28, "name": "Action"}, {"id": 12, "name": "Sea"}]¦http://www.tides.example/¦19995¦Tides¦In 2154, a diver is sent down; he stays.¦7.2
0¦[]¦¦19999¦Quay, The¦A clerk, "retired", comes back.¦5
880000¦[{"id": 18, "name": "Drama"}]¦¦20011¦M¦¦6.1
""",  # noqa: E501
    ),
)
