"""Files the way offices publish them, where several small things are odd at once."""

from tests.corpus.messy import messy

FILES = (
    messy(
        "council_spend.csv",
        """\
Body Name ,Transaction Date,Supplier Name, Amount (£) ,Expense Area,,
Weston Council,03/04/2012,A B Plumbing Ltd," 1,204.50 ",Housing – repairs,,
Weston Council,03/04/2012,"O'Hara, Finch & Co", 612.00 ,Legal,,
Weston Council,11/04/2012,REDACTED PERSONAL DATA," 12,000.00 ",Children’s services,,
,,,,,,
,,,,,,
""",
        """\
Body Name¦Transaction Date¦Supplier Name¦Amount (£)¦Expense Area
Weston Council¦03/04/2012¦A B Plumbing Ltd¦ 1,204.50 ¦Housing – repairs
Weston Council¦03/04/2012¦O'Hara, Finch & Co¦ 612.00 ¦Legal
Weston Council¦11/04/2012¦REDACTED PERSONAL DATA¦ 12,000.00 ¦Children’s services
""",
        encoding="cp1252",
        line_end="\r\n",
    ),
    messy(
        "recensement.csv",
        """\
Population légale par commune;;;
Géographie au 1er janvier 2019;;;
;;;
Code;Libellé;Population;Évolution (%)
01001;L'Abergement-Clémenciat;776;0,4
2B033;Bastia;s;-1,2
97105;Basse-Terre;10046;s
;;;
Source : recensement, exploitation principale;;;
s : secret statistique;;;
""",
        """\
Code¦Libellé¦Population¦Évolution (%)
01001¦L'Abergement-Clémenciat¦776¦0,4
2B033¦Bastia¦s¦-1,2
97105¦Basse-Terre¦10046¦s
""",
        encoding="cp1252",
        line_end="\r\n",
    ),
    messy(
        "trade_cube.csv",
        """\
\ufeff"REF_DATE","GEO","DGUID","Trade","UOM","VALUE","STATUS"
"2020-01","Canada","2016A000011124","Imports, total","Dollars","48213.1",""
"2020-01","Canada","2016A000011124","Exports, total","Dollars","","x"
"2020-02","Québec","2016A000224","Imports, total","Dollars","7201.9",""
""",
        """\
REF_DATE¦GEO¦DGUID¦Trade¦UOM¦VALUE¦STATUS
2020-01¦Canada¦2016A000011124¦Imports, total¦Dollars¦48213.1¦
2020-01¦Canada¦2016A000011124¦Exports, total¦Dollars¦¦x
2020-02¦Québec¦2016A000224¦Imports, total¦Dollars¦7201.9¦
""",
    ),
    messy(
        "codes_above_labels.csv",
        """\
GEO_ID,NAME,B01_001E,B01_001M
"id","Geographic Area Name","Estimate!!Total","Margin of Error!!Total"
"0500000US36001","Albany County, New York","307117","*****"
"0500000US36003","Allegany County, New York","47025","212"
"0500000US36005","Bronx County, New York","1437872","*****"
""",
        """\
GEO_ID id¦NAME Geographic Area Name¦B01_001E Estimate!!Total¦B01_001M Margin of Error!!Total
0500000US36001¦Albany County, New York¦307117¦*****
0500000US36003¦Allegany County, New York¦47025¦212
0500000US36005¦Bronx County, New York¦1437872¦*****
""",
        "may",
    ),
    messy(
        "weather_daily.csv",
        """\
"STATION","DATE","LATITUDE","PRCP","PRCP_ATTRIBUTES","TMAX","TMAX_ATTRIBUTES"
"USW1","2019-01-01","40.77","15",",,W,2400","144",",,W"
"USW1","2019-01-02","40.77","0","T,,W,2400","46",",,W"
"USW1","2019-01-03","40.77","","","67",",,W"
""",
        """\
STATION¦DATE¦LATITUDE¦PRCP¦PRCP_ATTRIBUTES¦TMAX¦TMAX_ATTRIBUTES
USW1¦2019-01-01¦40.77¦15¦,,W,2400¦144¦,,W
USW1¦2019-01-02¦40.77¦0¦T,,W,2400¦46¦,,W
USW1¦2019-01-03¦40.77¦¦¦67¦,,W
""",
    ),
    messy(
        "bevolking.csv",
        """\
"Bevolking; geslacht en regio"
"Perioden";"Regio";"Mannen (aantal)";"Vrouwen (aantal)"
"2019";"Groningen (PV)";"290101";"292843"
"2020";"Groningen (PV)";"291702";"294235"
"2021*";"Fryslân (PV)";"325410";"326009"
"Bron: bureau voor de statistiek"
""",
        """\
Perioden¦Regio¦Mannen (aantal)¦Vrouwen (aantal)
2019¦Groningen (PV)¦290101¦292843
2020¦Groningen (PV)¦291702¦294235
2021*¦Fryslân (PV)¦325410¦326009
""",
    ),
    messy(
        "padron.csv",
        """\
Municipios;Sexo;Periodo;Total
01001 Alegría-Dulantzi;Total;2021;2.956
01002 Amurrio;Total;2021;10.307
01002 Amurrio;Mujeres;2021;5.199
03014 Alicante/Alacant;Total;2021;337.304
""",
        """\
Municipios¦Sexo¦Periodo¦Total
01001 Alegría-Dulantzi¦Total¦2021¦2.956
01002 Amurrio¦Total¦2021¦10.307
01002 Amurrio¦Mujeres¦2021¦5.199
03014 Alicante/Alacant¦Total¦2021¦337.304
""",
        encoding="latin-1",
    ),
    messy(
        "baugenehmigungen.csv",
        """\
Baugenehmigungen: Kreise, Jahr
Statistik der Baugenehmigungen
;;Gebäude;Wohnungen
2019;01001;Flensburg, Stadt;61;204
2019;01002;Kiel, Stadt;190;-
2020;01001;Flensburg, Stadt;58;177
__________
- = nichts vorhanden
© Amt für Statistik, 2021 | Stand: 03.05.2021
""",
        """\
column_1¦column_2¦column_3¦Gebäude¦Wohnungen
2019¦01001¦Flensburg, Stadt¦61¦204
2019¦01002¦Kiel, Stadt¦190¦-
2020¦01001¦Flensburg, Stadt¦58¦177
""",
        "must",
        encoding="cp1252",
    ),
    messy(
        "air_quality.csv",
        """\
Hourly measurement data
Data supplied on 24/7/2020
All Data GMT hour ending
Status: R = ratified, P = provisional, P* = as supplied

Date,time,Nitric oxide,status,Ozone,status
01-01-2020,01:00,4.2,R ugm-3,No data,
01-01-2020,02:00,3.9,R ugm-3,31.2,P ugm-3
01-01-2020,24:00:00,,,30.1,P* ugm-3
""",
        """\
Date¦time¦Nitric oxide¦status¦Ozone¦status_2
01-01-2020¦01:00¦4.2¦R ugm-3¦No data¦
01-01-2020¦02:00¦3.9¦R ugm-3¦31.2¦P ugm-3
01-01-2020¦24:00:00¦¦¦30.1¦P* ugm-3
""",
    ),
    messy(
        "stop_times.txt",
        """\
trip_id,arrival_time,departure_time,stop_id,stop_sequence,stop_headsign,pickup_type
T1,23:58:00,23:58:30,S-101,1,,0
T1,24:06:00,24:06:00,S-102,2,"Depot, via quay",0
T1,25:10:00,,S-103,3,,1
""",
        """\
trip_id¦arrival_time¦departure_time¦stop_id¦stop_sequence¦stop_headsign¦pickup_type
T1¦23:58:00¦23:58:30¦S-101¦1¦¦0
T1¦24:06:00¦24:06:00¦S-102¦2¦Depot, via quay¦0
T1¦25:10:00¦¦S-103¦3¦¦1
""",
    ),
    messy(
        "election.csv",
        """\
"Polling
district","Electorate","SMITH, J.
(Green)","O'DEA, K.
(Ind.)","Spoilt"
AA1,"1,204",310,402,3
AA2,988,281,197,0
BB1,"2,310",-,811,12
""",
        """\
Polling district¦Electorate¦SMITH, J. (Green)¦O'DEA, K. (Ind.)¦Spoilt
AA1¦1,204¦310¦402¦3
AA2¦988¦281¦197¦0
BB1¦2,310¦-¦811¦12
""",
    ),
    messy(
        "inspections.csv",
        """\
CAMIS,DBA,BORO,PHONE,INSPECTION DATE,VIOLATION,SCORE,GRADE
30075445,"MORRIS PARK BAKE SHOP",BRONX,7188924968,05/16/2019,"Filth flies, or ""food"" flies.",18,A
30112340,WENDY'S,BROOKLYN,,01/01/1900,,,
40356018,"RIVIERA, THE",,2125550101,07/11/2018,Cold item held above 41º F; (5 °C).,,P
""",
        """\
CAMIS¦DBA¦BORO¦PHONE¦INSPECTION DATE¦VIOLATION¦SCORE¦GRADE
30075445¦MORRIS PARK BAKE SHOP¦BRONX¦7188924968¦05/16/2019¦Filth flies, or "food" flies.¦18¦A
30112340¦WENDY'S¦BROOKLYN¦¦01/01/1900¦¦¦
40356018¦RIVIERA, THE¦¦2125550101¦07/11/2018¦Cold item held above 41º F; (5 °C).¦¦P
""",
    ),
)
