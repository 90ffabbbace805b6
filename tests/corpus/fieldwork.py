"""What sportsmen, sailors, travellers, librarians and laboratories keep and pass on."""

from tests.corpus.messy import cells_of, messy, tabbed
from tests.corpus.published import unnamed

SUNSPOTS = """\
1818;01;01;1818.001;  -1; -1.0;   0;1
1818;01;02;1818.004;  -1; -1.0;   0;1
1818;01;08;1818.021;  65; 10.2;   1;1
1818;01;13;1818.034;  37;  7.7;   1;1
"""
MATCHES = """\
Div,Date,HomeTeam,AwayTeam,FTHG,FTAG,FTR,Referee,B365H
E0,11/08/2018,Quay Utd,Mill,2,1,H,A Ames,1.57
E0,11/08/2018,Lock,Weir Rovers,0,2,A,M D'Ean,1.9
E0,12/08/2018,Ebb & Flow,York,0,0,D,,7.5
"""

FILES = (
    messy(
        "SN_daily.csv",
        SUNSPOTS,
        unnamed(
            "1818¦01¦01¦1818.001¦-1¦-1.0¦0¦1\n1818¦01¦02¦1818.004¦-1¦-1.0¦0¦1\n"
            "1818¦01¦08¦1818.021¦65¦10.2¦1¦1\n1818¦01¦13¦1818.034¦37¦7.7¦1¦1\n",
            8,
        ),
        "may",
    ),
    messy("E0.csv", MATCHES + ",,,,,,,,\n" * 30, cells_of(MATCHES, ","), line_end="\r\n"),
    messy(
        "tide_clock.csv",
        """\
Date Time, Water Level, Sigma, O or I (for verified), F, R, L, Quality
2023-03-01 00:00,1.204,0.003,0,0,0,0,v
2023-03-01 00:06,1.211,0.002,0,0,0,0,v
2023-03-01 00:12,,,1,1,1,1,p
""",
        """\
Date Time¦Water Level¦Sigma¦O or I (for verified)¦F¦R¦L¦Quality
2023-03-01 00:00¦1.204¦0.003¦0¦0¦0¦0¦v
2023-03-01 00:06¦1.211¦0.002¦0¦0¦0¦0¦v
2023-03-01 00:12¦¦¦1¦1¦1¦1¦p
""",
    ),
    messy(
        "horizons_results.txt",
        """\
*******************************************************************************
Target body name: Quay (4411)                     {source: JPL#12}
Center body name: Earth (399)                     {source: DE441}
Start time      : A.D. 2023-Mar-01 00:00:00.0000 UT
Stop  time      : A.D. 2023-Mar-04 00:00:00.0000 UT
*******************************************************************************
 Date__(UT)__HR:MN, , ,R.A._(ICRF), DEC__(ICRF),  APmag,            delta,
*******************************************************************************
$$SOE
 2023-Mar-01 00:00, ,m,  45.10231,   17.44120,  12.041, 1.20400120000000,
 2023-Mar-02 00:00, , ,  45.60112,   17.61234,  12.052, 1.21120331000000,
 2023-Mar-03 00:00,*,m,  46.10044,   17.78001,  12.063, 1.21840452000000,
$$EOE
*******************************************************************************
Column meaning:

  Times marked with * are in daylight, at the observer, whose place is above.
""",
        """\
Date__(UT)__HR:MN¦column_2¦column_3¦R.A._(ICRF)¦DEC__(ICRF)¦APmag¦delta
2023-Mar-01 00:00¦¦m¦45.10231¦17.44120¦12.041¦1.20400120000000
2023-Mar-02 00:00¦¦¦45.60112¦17.61234¦12.052¦1.21120331000000
2023-Mar-03 00:00¦*¦m¦46.10044¦17.78001¦12.063¦1.21840452000000
""",
        "must",
    ),
    messy(
        "best_track.txt",
        """\
AL011851,            UNNAMED,      3,
18510625, 0000,  , HU, 28.0N,  94.8W,  80, -999,
18510625, 0600,  , HU, 28.0N,  95.4W,  80, -999,
18510625, 2100, L, HU, 28.2N,  96.8W,  80, -999,
AL021851,            UNNAMED,      1,
18510705, 1200,  , HU, 22.2N,  97.6W,  80, -999,
AL032005,             ARLENE,      2,
20050608, 1800,  , TD, 16.9N,  84.0W,  25, 1004,
20050609, 0000,  , TD, 17.4N,  83.9W,  30, 1003,
""",
        "column_1\n-\n",
        "must",
    ),
    messy(
        "multiTimeline.csv",
        """\
Category: All categories

Week,quay: (Worldwide),"low tide, ebb: (Worldwide)"
2023-02-26,45,<1
2023-03-05,100,2
2023-03-12,88,0
""",
        """\
Week¦quay: (Worldwide)¦low tide, ebb: (Worldwide)
2023-02-26¦45¦<1
2023-03-05¦100¦2
2023-03-12¦88¦0
""",
    ),
    messy(
        "bus_timetable.csv",
        """\
Route 12: Quay - Mill via Lock,,,,
Mondays to Fridays,,,,
,,,,
Journey,101,103,105,107
Days,MF,MF,Sch,MF
Quay Bus Station,0645,0715,0745,0815
Lock (Swan),0652,,0752,0822
"Mill, Church",0701,0729,0801s,0831
Mill Lane Top,...,0733,...,0835
""",
        """\
Journey¦101¦103¦105¦107
Days¦MF¦MF¦Sch¦MF
Quay Bus Station¦0645¦0715¦0745¦0815
Lock (Swan)¦0652¦¦0752¦0822
Mill, Church¦0701¦0729¦0801s¦0831
Mill Lane Top¦...¦0733¦...¦0835
""",
        "may",
    ),
    messy(
        "buoy_climate.csv",
        """\
station,time,latitude,longitude,sst,wind
,UTC,degrees_north,degrees_east,degree_C,m s-1
41001,2023-03-01T00:00:00Z,34.7,-72.7,18.4,7.2
41001,2023-03-01T01:00:00Z,34.7,-72.7,NaN,7.9
41002,2023-03-01T00:00:00Z,31.9,-74.9,20.1,
""",
        """\
station¦time UTC¦latitude degrees_north¦longitude degrees_east¦sst degree_C¦wind m s-1
41001¦2023-03-01T00:00:00Z¦34.7¦-72.7¦18.4¦7.2
41001¦2023-03-01T01:00:00Z¦34.7¦-72.7¦NaN¦7.9
41002¦2023-03-01T00:00:00Z¦31.9¦-74.9¦20.1¦
""",
        "may",
    ),
    messy(
        "core_samples.tab",
        tabbed("""\
/* DATA DESCRIPTION:
Citation:→Ames, Ada; Ek, Bo (2010): Stable isotopes of core QU-12
Event(s):→QU-12 * LATITUDE: 54.200000 * LONGITUDE: 7.900000 * METHOD/DEVICE: Gravity corer
Parameter(s):→DEPTH, sediment/rock [m] (Depth sed [m])
→Age [ka BP] (Age) * METHOD/DEVICE: Counted
License:→CC-BY-3.0
Size:→9 data points
*/
Depth sed [m]→Age [ka BP]→δ18O [‰ PDB]
0.05→1.204→-2.10
0.10→1.310→
0.15→1.402→-2.31
"""),
        "Depth sed [m]¦Age [ka BP]¦δ18O [‰ PDB]\n0.05¦1.204¦-2.10\n0.10¦1.310¦\n0.15¦1.402¦-2.31\n",
        "may",
    ),
    messy(
        "elections_nbsp.csv",
        """\
Bureau;Inscrits;Votants;Exprimés;% Abst.
Mairie;12\u00a0044;8\u00a0120;8\u00a0001;32,58\u00a0%
École du Quai;988;702;690;28,95\u00a0%
Salle des fêtes;1\u00a0204;-;-;-
Total;14\u00a0236;8\u00a0822;8\u00a0691;38,03\u00a0%
""",
        """\
Bureau¦Inscrits¦Votants¦Exprimés¦% Abst.
Mairie¦12\u00a0044¦8\u00a0120¦8\u00a0001¦32,58\u00a0%
École du Quai¦988¦702¦690¦28,95\u00a0%
Salle des fêtes¦1\u00a0204¦-¦-¦-
Total¦14\u00a0236¦8\u00a0822¦8\u00a0691¦38,03\u00a0%
""",
        "may",
        encoding="cp1252",
        line_end="\r\n",
    ),
    messy(
        "catalogue_lines_whole_quoted.csv",
        """\
"bib_id,""title"",""author"",year,copies"
"1204,""Tides : a history"",""Ames, Ada"",1998,2"
"1205,""Quay, mill and lock /"",""Ek, Bo"",2001,1"
"1206,Bollards,,c2010,"
""",
        "bib_id¦title¦author¦year¦copies\n1204¦Tides : a history¦Ames, Ada¦1998¦2\n"
        "1205¦Quay, mill and lock /¦Ek, Bo¦2001¦1\n1206¦Bollards¦¦c2010¦\n",
        "may",
    ),
    messy(
        "crm_notes_broken.csv",
        """\
id,company,stage,owner,note
1,Quay AS,won,Ada,called twice
2,Mill Ltd,open,Bo,wants a price
call back in May
3,Lock & Co,lost,Ada,too dear
4,Weir plc,open,Cy,sent the list

- no answer
5,Ebb GmbH,won,Bo,
""",
        """\
id¦company¦stage¦owner¦note
1¦Quay AS¦won¦Ada¦called twice
2¦Mill Ltd¦open¦Bo¦wants a price⏎call back in May
3¦Lock & Co¦lost¦Ada¦too dear
4¦Weir plc¦open¦Cy¦sent the list⏎⏎- no answer
5¦Ebb GmbH¦won¦Bo¦
""",
        "must",
    ),
    messy(
        "tournament.txt",
        """\
Place Name                 Feder Rtg  Pts  TB
1     Ames, Ada            NOR   2412 8.5  41.5
2-4   Ek, Bo               SWE   2388 7.5  40
      Cole, Cyril Jr.      ENG        7.5  38.5
      Été, Zoë             FRA   2204 7.5  37
5     Dunn, Di             IRL   1990 7    35.5
""",
        """\
Place¦Name¦Feder¦Rtg¦Pts¦TB
1¦Ames, Ada¦NOR¦2412¦8.5¦41.5
2-4¦Ek, Bo¦SWE¦2388¦7.5¦40
¦Cole, Cyril Jr.¦ENG¦¦7.5¦38.5
¦Été, Zoë¦FRA¦2204¦7.5¦37
5¦Dunn, Di¦IRL¦1990¦7¦35.5
""",
        "may",
    ),
    messy(
        "invoice_lines.csv",
        """\
Invoice No;;2023-0044;;
Date;;01.03.2023;;
Customer;;Quay AS, Bergen;;
;;;;
Pos;Article;Description;Qty;Price
1;A-12;Bolt M4 x 20;100;0,12
2;A-14;Nut M4 hex;40;0,08
3;B-01;"Rope; 12 mm";25;1,40
;;;Net;55,00
;;;VAT 25%;13,75
""",
        """\
Pos¦Article¦Description¦Qty¦Price
1¦A-12¦Bolt M4 x 20¦100¦0,12
2¦A-14¦Nut M4 hex¦40¦0,08
3¦B-01¦Rope; 12 mm¦25¦1,40
""",
        "may",
    ),
)
