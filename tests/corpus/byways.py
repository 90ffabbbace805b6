"""Plain files of one or two columns, tables beside tables, and headers one name short."""

from tests.corpus.messy import cells_of, messy

TRACK = """\
type,latitude,longitude,name,time,desc
T,54.1201,7.9012,,2023-03-01T10:00:00Z,
T,54.1204,7.9020,,2023-03-01T10:00:05Z,
T,54.1211,7.9033,,2023-03-01T10:00:10Z,
"""
PLAYS = "source,target\nArya,Jon\nJon,Sam\nSam,Gilly\nArya,Sansa\nGilly,Sam\n"
DICTIONARY = """\
variable,definition
mpg,Miles per gallon
cyl,Number of cylinders
hp,Gross horsepower; see note 2
wt,Weight (1000 lbs)
"""
FAQ = """\
question|answer
What is a quay?|A wall where ships lie.
Where is Hull?|England.
Who keeps the lock?|Ada, until nine.
Why?|Nobody knows.
"""
REMARKS = "name;note\nAda;Comes late, always.\nBo;Never comes.\nCy;Asked for a boat.\n"
PAIRS = """\
Go.|Va !
Run!|Cours !
He ran away, I think.|Il est parti, je crois.
The boat is old.|Le bateau est vieux.
"""
WORDS = "english,french\ndog,chien\ncat,chat\nsea,mer\nboat,bateau\n"
BOOKS = "".join(
    f"The {kind} of {place}\n" for kind in ("Tide", "Quay") for place in ("Hull", "York")
)
LEGEND = "Code,Meaning\nM,missing\nT,trace\n\n"
GAUGES = "Station,Lat,Lon,Rain\nQuay,54.1,7.9,12\nMill,54.2,7.8,T\nLock,54.0,7.7,M\n"

FILES = (
    messy(
        "gpx_tracks.csv",
        TRACK + '\ntype,latitude,longitude,name,desc\nW,54.11,7.92,Quay,"pier, old"\n',
        cells_of(TRACK, ","),
        "must",
    ),
    messy("legend_first.csv", LEGEND + GAUGES, cells_of(GAUGES, ","), "must"),
    messy(
        "prices_header_one_short.csv",
        """\
date,open,close
2023-01-02,1.21,1.30,1204
2023-01-03,1.30,1.41,880
2023-01-04,1.41,1.12,990
2023-01-05,1.12,1.20,
""",
        """\
date¦open¦close¦column_4
2023-01-02¦1.21¦1.30¦1204
2023-01-03¦1.30¦1.41¦880
2023-01-04¦1.41¦1.12¦990
2023-01-05¦1.12¦1.20¦
""",
        "must",
    ),
    messy(
        "people_header_one_short.csv",
        "id,name\n1,Ada Ames,York\n2,Bo Ek,Hull\n3,Cy Cole,Bath\n",
        "id¦name¦column_3\n1¦Ada Ames¦York\n2¦Bo Ek¦Hull\n3¦Cy Cole¦Bath\n",
        "must",
    ),
    messy(
        "ledger_with_page_lines.csv",
        """\
No,Name,Amount
1,Ada,10.00
2,Bo,20.00
Page 1 of 2,,
3,Cy,30.00
4,Di,5.00
Page 2 of 2,,
""",
        "No¦Name¦Amount\n1¦Ada¦10.00\n2¦Bo¦20.00\n3¦Cy¦30.00\n4¦Di¦5.00\n",
        "must",
    ),
    messy("who_speaks_to_whom.csv", PLAYS, cells_of(PLAYS, ",")),
    messy("data_dictionary.csv", DICTIONARY, cells_of(DICTIONARY, ",")),
    messy(
        "spam_messages.csv",
        """\
text,label
"Free entry, win a prize!! Text WIN to 80082",spam
Ok see you then...,ham
I'll call you later,ham
"URGENT! You ""won"" £900",spam
""",
        """\
text¦label
Free entry, win a prize!! Text WIN to 80082¦spam
Ok see you then...¦ham
I'll call you later¦ham
URGENT! You "won" £900¦spam
""",
    ),
    messy(
        "quotes_and_authors.csv",
        """\
quote,author
"Be yourself; all else is taken.",Ada Ames
"So many books, so little time.",Bo Ek
"You ""know"" it, my love.",
""",
        """\
quote¦author
Be yourself; all else is taken.¦Ada Ames
So many books, so little time.¦Bo Ek
You "know" it, my love.¦
""",
    ),
    messy("one_column_of_values.csv", "value\n1.2\n3.4\n5\n-0.7\n", "value\n1.2\n3.4\n5\n-0.7\n"),
    messy(
        "customer_ids.csv",
        "customer_id\nC-0001\nC-0002\nC-0007\nD-0044\n",
        "customer_id\nC-0001\nC-0002\nC-0007\nD-0044\n",
    ),
    messy("faq.tsv", FAQ.replace("|", "\t"), cells_of(FAQ, "|")),
    messy("faq.psv", FAQ, cells_of(FAQ, "|")),
    messy("remarks.csv", REMARKS, cells_of(REMARKS, ";")),
    messy(
        "sentence_pairs.txt",
        PAIRS.replace("|", "\t"),
        "column_1¦column_2\n" + cells_of(PAIRS, "|"),
        "may",
    ),
    messy("words_in_french.csv", WORDS, cells_of(WORDS, ","), "may"),
    messy("book_titles.csv", "Title\n" + BOOKS, "Title\n" + BOOKS, "may"),
)
