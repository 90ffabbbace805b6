"""Tables of meteorologists, oceanographers and astronomers, each with rules of its own."""

from tests.corpus.messy import cells_of, messy, tabbed

CORE = """\
2.10→0.05→12.4→8.11→
2.15→0.10→12.9→→
2.20→0.15→11.7→8.09→broken
2.25→0.20→11.9→8.10→
"""

FILES = (
    messy(
        "daily_readings.txt",
        """\
# BRON: INSTITUUT VOOR HET WEER
# Opmerking: door stationsverplaatsingen zijn reeksen mogelijk niet homogeen.
#
# STN      LON(east)   LAT(north)     ALT(m)  NAME
# 260:         5.180       52.100       1.90  DE BILT
#
# DDVEC = Vectorgemiddelde windrichting in graden (360=noord, 90=oost)
# TG    = Etmaalgemiddelde temperatuur (in 0.1 graden Celsius)
#
# STN,YYYYMMDD,DDVEC,   TG,   RH
#
  260,20210101,  207,   25,    4
  260,20210102,  316,   30,   -1
  260,20210103,   41,     ,   12
  260,20210104,   58,   22,    9
""",
        """\
STN¦YYYYMMDD¦DDVEC¦TG¦RH
260¦20210101¦207¦25¦4
260¦20210102¦316¦30¦-1
260¦20210103¦41¦¦12
260¦20210104¦58¦22¦9
""",
        "may",
    ),
    messy(
        "produkt_klima.txt",
        """\
STATIONS_ID;MESS_DATUM;QN_3;  FX;  FM; RSK;RSKF;eor
         44;20210101;   10;   8.9;   3.1;   0.0;   0;eor
         44;20210102;   10;-999;   2.2;   1.4;   8;eor
         44;20210103;    1;   9.4;   4.0;   0.2;   6;eor
""",
        """\
STATIONS_ID¦MESS_DATUM¦QN_3¦FX¦FM¦RSK¦RSKF¦eor
44¦20210101¦10¦8.9¦3.1¦0.0¦0¦eor
44¦20210102¦10¦-999¦2.2¦1.4¦8¦eor
44¦20210103¦1¦9.4¦4.0¦0.2¦6¦eor
""",
        line_end="\r\n",
    ),
    messy(
        "catalogue.tbl",
        r"""\fixlen = T
\Date = "2023-03-01"
\ columns: see the manual
|   designation     |     ra     |    dec     |  w1mpro |flag|
|      char         |   double   |   double   |  double |char|
|                   |     deg    |     deg    |    mag  |    |
|      null         |    null    |    null    |   null  |null|
 J000000.11-010203.4    0.0004583   -1.0342778    14.204  00
 J000001.90+112233.0    0.0079167   11.3758333      null  0h
 J000004.00-452211.9    0.0166667  -45.3699722     9.112
""",
        """\
designation¦ra¦dec¦w1mpro¦flag
J000000.11-010203.4¦0.0004583¦-1.0342778¦14.204¦00
J000001.90+112233.0¦0.0079167¦11.3758333¦null¦0h
J000004.00-452211.9¦0.0166667¦-45.3699722¦9.112¦
""",
        "must",
    ),
    messy(
        "enhanced.ecsv",
        """\
# %ECSV 1.0
# ---
# datatype:
# - {name: star, datatype: string}
# - {name: mag, unit: mag, datatype: float64}
# - {name: seen, datatype: bool}
# meta: !!omap
# - {author: "A. Ames"}
star mag seen
"Alpha Cen" -0.27 True
Sirius -1.46 True
"Barnard's" 9.51 False
Proxima "" False
""",
        "star¦mag¦seen\nAlpha Cen¦-0.27¦True\nSirius¦-1.46¦True\nBarnard's¦9.51¦False\n"
        "Proxima¦¦False\n",
    ),
    messy(
        "catalogue_query.tsv",
        "#\n#   Table J/A+A/000/A1:\n#Column\tName\t(A10)\tStar name\n#Column\tVmag\t(F5.2)\t"
        "V magnitude\n"
        + tabbed("Name→Vmag→Sp\n→mag→\n----------→-----→---\nHD 1    A →12.04→G2V\n")
        + tabbed("HD 22     → 9.90→\nBD+01 4   →     →K0\n"),
        "Name¦Vmag¦Sp\nHD 1    A ¦12.04¦G2V\nHD 22     ¦ 9.90¦\nBD+01 4   ¦     ¦K0\n",
        "must",
    ),
    messy(
        "sediment_core.tab",
        tabbed("""\
/* DATA DESCRIPTION:
Citation:→Ames, Ada (2019): Carbon in a core. https://doi.example/10.1/abc
Event(s):→C-12 * LATITUDE: 54.200000 * LONGITUDE: 7.900000 * ELEVATION: -41.0 m
Parameter(s):→DEPTH, sediment/rock [m] (Depth)
→Carbon, organic, total [%] (TOC)
License:→Attribution (CC-BY)
Size:→12 data points
*/
Age [ka BP]→Depth [m]→TOC [%]→pH→Comment
""")
        + tabbed(CORE),
        "Age [ka BP]¦Depth [m]¦TOC [%]¦pH¦Comment\n" + cells_of(CORE, "→"),
        "may",
    ),
    messy(
        "ocean_view.txt",
        tabbed("""\
//<Encoding>UTF-8</Encoding>
//<Creator>a.ames</Creator>
//<DataField>Ocean</DataField>
//SDN_parameter_mapping
//
Cruise→Station→Type→yyyy-mm-ddThh:mm→Longitude [degrees_east]→Depth [m]→Temp [degC]→QV
C12→1→B→2019-06-01T10:00→7.900→0.5→12.411→1
→→→→→1.0→12.309→1
→→→→→1.5→→9
C12→2→B→2019-06-01T14:20→7.950→0.5→12.502→1
"""),
        """\
Cruise¦Station¦Type¦yyyy-mm-ddThh:mm¦Longitude [degrees_east]¦Depth [m]¦Temp [degC]¦QV
C12¦1¦B¦2019-06-01T10:00¦7.900¦0.5¦12.411¦1
¦¦¦¦¦1.0¦12.309¦1
¦¦¦¦¦1.5¦¦9
C12¦2¦B¦2019-06-01T14:20¦7.950¦0.5¦12.502¦1
""",
        "may",
    ),
    messy(
        "sky_survey.csv",
        "#Table1\nobjID,ra,dec,u,class\n1237648720693755918,179.68929,-0.45438,23.87882,STAR\n"
        "1237648720693756103,179.70004,-0.44991,24.77759,GALAXY\n"
        "1237648720693756229,179.73000,-0.50110,19.90011,QSO\n",
        "objID¦ra¦dec¦u¦class\n1237648720693755918¦179.68929¦-0.45438¦23.87882¦STAR\n"
        "1237648720693756103¦179.70004¦-0.44991¦24.77759¦GALAXY\n"
        "1237648720693756229¦179.73000¦-0.50110¦19.90011¦QSO\n",
    ),
    messy(
        "tide_predictions.txt",
        tabbed("""\
NOAA/NOS
Disclaimer: These data are based upon the latest information available.
Annual Tide Predictions
StationName: Outer Quay
State: ME
Stationid: 8400001
Date Units: 12 Hour
Datum: MLLW

Date →Day→Time→Pred(Ft)→Pred(cm)→High/Low
2023/03/01→Wed→02:11 AM→9.1→277→H
2023/03/01→Wed→08:40 AM→0.8→24→L
2023/03/01→Wed→02:59 PM→8.0→244→H
2023/03/01→Wed→09:01 PM→-0.2→-6→L
"""),
        """\
Date¦Day¦Time¦Pred(Ft)¦Pred(cm)¦High/Low
2023/03/01¦Wed¦02:11 AM¦9.1¦277¦H
2023/03/01¦Wed¦08:40 AM¦0.8¦24¦L
2023/03/01¦Wed¦02:59 PM¦8.0¦244¦H
2023/03/01¦Wed¦09:01 PM¦-0.2¦-6¦L
""",
    ),
    messy(
        "sunspots.csv",
        """\
1749;01;1749.042;  96.7; -1.0;   -1;1
1749;02;1749.123; 104.3; -1.0;   -1;1
1749;03;1749.204; 116.7; -1.0;   -1;1
2023;03;2023.204; 122.6; 18.3; 1021;0
""",
        """\
column_1¦column_2¦column_3¦column_4¦column_5¦column_6¦column_7
1749¦01¦1749.042¦96.7¦-1.0¦-1¦1
1749¦02¦1749.123¦104.3¦-1.0¦-1¦1
1749¦03¦1749.204¦116.7¦-1.0¦-1¦1
2023¦03¦2023.204¦122.6¦18.3¦1021¦0
""",
    ),
    messy(
        "hourly_surface.csv",
        '''\
"STATION","DATE","NAME","REPORT_TYPE","WND","TMP","REM"
"01008099999","2023-01-01T00:00:00","LONGYEAR, SV","FM-12","318,1,N,0061,1","-0070,1","SYN04201008 ; 11/// ="
"01008099999","2023-01-01T03:00:00","LONGYEAR, SV","FM-15","999,9,V,0010,1","+9999,9",""
"01008099999","2023-01-01T06:00:00","LONGYEAR, SV","FM-12","050,1,N,0031,1","-0101,1","MET00 ""AUTO"""
''',  # noqa: E501
        """\
STATION¦DATE¦NAME¦REPORT_TYPE¦WND¦TMP¦REM
01008099999¦2023-01-01T00:00:00¦LONGYEAR, SV¦FM-12¦318,1,N,0061,1¦-0070,1¦SYN04201008 ; 11/// =
01008099999¦2023-01-01T03:00:00¦LONGYEAR, SV¦FM-15¦999,9,V,0010,1¦+9999,9¦
01008099999¦2023-01-01T06:00:00¦LONGYEAR, SV¦FM-12¦050,1,N,0031,1¦-0101,1¦MET00 "AUTO"
""",
    ),
    messy(
        "climate_canada.csv",
        """\
\ufeff"Station Name","CARIBOU POINT"
"Province","YUKON TERRITORY"
"Latitude","60.71"
"Climate Identifier","2100000"

"Legend"
"A","Accumulated"
"E","Estimated"

"Date/Time","Year","Max Temp (°C)","Max Temp Flag","Min Temp (°C)","Total Precip (mm)"
"2010-01-01","2010","-9.5","","-15.6","0.0"
"2010-01-02","2010","-11.0","E","-20.1",""
"2010-01-03","2010","","M","","1.2"
""",
        """\
Date/Time¦Year¦Max Temp (°C)¦Max Temp Flag¦Min Temp (°C)¦Total Precip (mm)
2010-01-01¦2010¦-9.5¦¦-15.6¦0.0
2010-01-02¦2010¦-11.0¦E¦-20.1¦
2010-01-03¦2010¦¦M¦¦1.2
""",
    ),
)
