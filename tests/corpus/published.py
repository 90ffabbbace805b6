"""What archives, agencies and collectors of data publish, one or two oddities in each."""

from tests.corpus.messy import cells_of, messy, tabbed

AIRPORTS = """\
1,"Goroka Airport","Goroka","Papua New Guinea","GKA","AYGA",-6.081,145.39,5282,10,"U","airport"
5,"Quay Harbour, Water","Ny-Quay","Greenland",\\N,"BGQQ",64.19,-51.67,283,-3,"E","airport"
7,"Narsarsuaq \\"South\\"","Narssarssuaq","Greenland","UAK","BGBW",61.16,-45.42,112,-3,"E","airport"
9,"Mill Field","","Canada",\\N,\\N,49.1,-97.2,805,\\N,\\N,"airport"
"""
AIRPORTS_READ = """\
1¦Goroka Airport¦Goroka¦Papua New Guinea¦GKA¦AYGA¦-6.081¦145.39¦5282¦10¦U¦airport
5¦Quay Harbour, Water¦Ny-Quay¦Greenland¦\\N¦BGQQ¦64.19¦-51.67¦283¦-3¦E¦airport
7¦Narsarsuaq "South"¦Narssarssuaq¦Greenland¦UAK¦BGBW¦61.16¦-45.42¦112¦-3¦E¦airport
9¦Mill Field¦¦Canada¦\\N¦\\N¦49.1¦-97.2¦805¦\\N¦\\N¦airport
"""
FILMS = """\
1::Toy Quay (1995)::Animation|Children's|Comedy
2::Jumbo, The (1995)::Adventure
11::City of Lost Boats, The (Cité des bateaux perdus, La) (1995)::Drama
17::Sense: and Tide (1995)::Drama|Romance
"""
PLACES = """\
2633352→York→York→Eboracum,Jorvik,York,Йорк,ヨーク→53.95763→-1.08271→P→PPLA2→GB→→ENG→153717→→17→Europe/London→2019-09-05
3143244→Oslo→Oslo→Christiania,Kristiania→59.91273→10.74609→P→PPLC→NO→→12→580000→→26→Europe/Oslo→2020-01-19
3137115→Å→A→→67.88→12.98→P→PPL→NO→→09→→→9→Europe/Oslo→2016-03-04
"""
ADULTS = """\
39, State-gov, 77516, Bachelors, 13, <=50K
50, Self-emp-not-inc, 83311, Bachelors, 13, <=50K
54, ?, 180211, Some-college, 10, >50K
28, Private, 338409, Masters, 14, >50K
"""


def unnamed(text: str, width: int) -> str:
    """Return the truth of a table without a header."""
    return "¦".join(f"column_{place}" for place in range(1, width + 1)) + "\n" + text


FILES = (
    messy("world_airports.dat", AIRPORTS, unnamed(AIRPORTS_READ, 12), "may"),
    messy("movies.dat", FILMS, unnamed(cells_of(FILMS, "::"), 3), "may", encoding="latin-1"),
    messy("NO.txt", tabbed(PLACES), unnamed(cells_of(PLACES, "→"), 16), "may"),
    messy(
        "auto-mpg.data",
        tabbed("""\
18.0   8   307.0      130.0      3504.      12.0   70  1→"quay malibu"
15.0   8   350.0      165.0      3693.      11.5   70  1→"mill skylark 320"
25.0   4   98.00      ?          2046.      19.0   71  1→"lock pinto"
24.0   4   113.0      95.00      2372.      15.0   70  3→"weir corona mark ii"
"""),
        unnamed(
            """\
18.0¦8¦307.0¦130.0¦3504.¦12.0¦70¦1¦quay malibu
15.0¦8¦350.0¦165.0¦3693.¦11.5¦70¦1¦mill skylark 320
25.0¦4¦98.00¦?¦2046.¦19.0¦71¦1¦lock pinto
24.0¦4¦113.0¦95.00¦2372.¦15.0¦70¦3¦weir corona mark ii
""",
            9,
        ),
        "may",
    ),
    messy(
        "GLB.Ts+dSST.csv",
        """\
Land-Ocean: Global Means
Year,Jan,Feb,Mar,J-D,DJF
1880,-.18,-.24,-.09,-.17,***
1881,-.20,-.14,.03,-.09,-.18
1882,.16,.14,.04,-.11,.08
2023,.87,.98,1.20,***,.88
""",
        """\
Year¦Jan¦Feb¦Mar¦J-D¦DJF
1880¦-.18¦-.24¦-.09¦-.17¦***
1881¦-.20¦-.14¦.03¦-.09¦-.18
1882¦.16¦.14¦.04¦-.11¦.08
2023¦.87¦.98¦1.20¦***¦.88
""",
    ),
    messy(
        "co2_annual_mean.csv",
        """\
# --------------------------------------------------------------------
# USE OF NOAA GML DATA
#
# These data are made freely available to the public, and the scientific community,
# in the belief that their wide dissemination will lead to new insights.
# File Creation: Mon Mar  6 03:00:35 2023
#
# NOTE: In general, the data presented for the last year are subject to change,
# depending on recalibration of the reference gas mixtures, and other reasons.
#
# The estimated uncertainty, "unc", is the standard deviation, in ppm.
#
year,mean,unc
1959,315.98,0.12
1960,316.91,0.12
1961,317.64,0.12
""",
        "year¦mean¦unc\n1959¦315.98¦0.12\n1960¦316.91¦0.12\n1961¦317.64¦0.12\n",
    ),
    messy(
        "co2_weekly.txt",
        """\
# Decimal dates are of the middle of the week.
# yr mon day   decimal     ppm  days
  1974  5 19  1974.3795    333.37 5
  1974  5 26  1974.3986    332.95 6
  1974  6  2  1974.4178   -999.99 0
  1974  6  9  1974.4370    332.20 7
""",
        """\
yr¦mon¦day¦decimal¦ppm¦days
1974¦5¦19¦1974.3795¦333.37¦5
1974¦5¦26¦1974.3986¦332.95¦6
1974¦6¦2¦1974.4178¦-999.99¦0
1974¦6¦9¦1974.4370¦332.20¦7
""",
        "must",
    ),
    messy(
        "life_expectancy.csv",
        """\
"","","Life expectancy at birth (years)","Life expectancy at birth (years)","Healthy life expectancy"
"Country","Year"," Both sexes"," Male"," Both sexes"
"Bolivia (Plurinational State of)","2019","72.1","71.1","63.3"
"Côte d'Ivoire","2019","62.9","60.5","54.8"
"Türkiye","2019","78.6","","68.4"
""",  # noqa: E501
        """\
Country¦Year¦Life expectancy at birth (years) Both sexes¦Life expectancy at birth (years) Male¦Healthy life expectancy Both sexes
Bolivia (Plurinational State of)¦2019¦72.1¦71.1¦63.3
Côte d'Ivoire¦2019¦62.9¦60.5¦54.8
Türkiye¦2019¦78.6¦¦68.4
""",  # noqa: E501
        "may",
    ),
    messy(
        "population_density.csv",
        """\
T02,"Population, density and surface area",,,,,
Region/Country/Area,,Year,Series,Value,Footnotes,Source
1,"Total, all countries or areas",2010,Population density,"53.4",,"United Nations, New York; 2022."
4,Afghanistan,2010,Population (millions),"28.19",Data refer to 1 July.,"United Nations, New York; 2022."
531,Curaçao,2022,Population density,"430.4",,"United Nations, New York; 2022."
""",  # noqa: E501
        """\
Region/Country/Area¦column_2¦Year¦Series¦Value¦Footnotes¦Source
1¦Total, all countries or areas¦2010¦Population density¦53.4¦¦United Nations, New York; 2022.
4¦Afghanistan¦2010¦Population (millions)¦28.19¦Data refer to 1 July.¦United Nations, New York; 2022.
531¦Curaçao¦2022¦Population density¦430.4¦¦United Nations, New York; 2022.
""",
        "may",
        encoding="cp1252",
    ),
    messy("adult.data", ADULTS + "\n", unnamed(cells_of(ADULTS, ", "), 6), "may"),
    messy(
        "adult.test",
        "|1x3 Cross validator\n" + ADULTS.replace("K\n", "K.\n") + "\n",
        unnamed(cells_of(ADULTS.replace("K\n", "K.\n"), ", "), 6),
        "may",
    ),
    messy(
        "iris_counts_first.csv",
        """\
6,4,setosa,versicolor,virginica
5.1,3.5,1.4,0.2,0
4.9,3.0,1.4,0.2,0
7.0,3.2,4.7,1.4,1
6.4,3.2,4.5,1.5,1
6.3,3.3,6.0,2.5,2
5.8,2.7,5.1,1.9,2
""",
        unnamed(
            "5.1¦3.5¦1.4¦0.2¦0\n4.9¦3.0¦1.4¦0.2¦0\n7.0¦3.2¦4.7¦1.4¦1\n6.4¦3.2¦4.5¦1.5¦1\n"
            "6.3¦3.3¦6.0¦2.5¦2\n5.8¦2.7¦5.1¦1.9¦2\n",
            5,
        ),
        "must",
    ),
    messy(
        "AirQualityUCI.csv",
        """\
Date;Time;CO(GT);PT08.S1(CO);C6H6(GT);T;RH;;
10/03/2004;18.00.00;2,6;1360;11,9;13,6;48,9;;
10/03/2004;19.00.00;2;1292;9,4;13,3;47,7;;
10/03/2004;20.00.00;-200;1402;9,0;11,9;54,0;;
"""
        + ";;;;;;;;\n" * 114,
        """\
Date¦Time¦CO(GT)¦PT08.S1(CO)¦C6H6(GT)¦T¦RH
10/03/2004¦18.00.00¦2,6¦1360¦11,9¦13,6¦48,9
10/03/2004¦19.00.00¦2¦1292¦9,4¦13,3¦47,7
10/03/2004¦20.00.00¦-200¦1402¦9,0¦11,9¦54,0
""",
        line_end="\r\n",
    ),
    messy(
        "trajectory.plt",
        """\
Geolife trajectory
WGS 84
Altitude is in Feet
Reserved 3
0,2,255,My Track,0,0,2,8421376
0
39.906631,116.385564,0,492,39745.0902662037,2008-10-24,02:09:59
39.906554,116.385625,0,492,39745.0903240741,2008-10-24,02:10:04
39.906478,116.385556,0,-777,39745.0903819444,2008-10-24,02:10:09
""",
        unnamed(
            """\
39.906631¦116.385564¦0¦492¦39745.0902662037¦2008-10-24¦02:09:59
39.906554¦116.385625¦0¦492¦39745.0903240741¦2008-10-24¦02:10:04
39.906478¦116.385556¦0¦-777¦39745.0903819444¦2008-10-24¦02:10:09
""",
            7,
        ),
        "may",
    ),
    messy(
        "title_akas.tsv",
        tabbed("""\
titleId→ordering→title→region→isOriginalTitle
tt0000001→1→Carmencita→ES→\\N
tt0000502→1→Bohemios "the film"→\\N→0
tt0000574→1→"Ned"→AU→1
tt0000574→2→Ned, or "the gang"→GB→0
"""),
        """\
titleId¦ordering¦title¦region¦isOriginalTitle
tt0000001¦1¦Carmencita¦ES¦\\N
tt0000502¦1¦Bohemios "the film"¦\\N¦0
tt0000574¦1¦"Ned"¦AU¦1
tt0000574¦2¦Ned, or "the gang"¦GB¦0
""",
        "may",
    ),
)
