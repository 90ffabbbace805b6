"""What statistical, weather and water agencies publish as text."""

from tests.corpus.messy import cells_of, messy, tabbed

LABOUR = """\
series_id                     →year→period→       value→footnote_codes
LNU03000000                   →2020→M01→        6504→
LNU03000000                   →2020→M02→        6218→
LNU03000000                   →2020→M03→        7370→P
LNU03000001                   →2020→M01→         4.0→
"""
FUND = """\
WEO Country Code→ISO→Country→Subject Descriptor→Units→Scale→2019→2020→Estimates Start After
512→AFG→Afghanistan→Gross domestic product, constant prices→National currency→Billions→1,300.3→n/a→2018
614→AGO→Angola→Gross domestic product, constant prices→National currency→Billions→1,461.120→1,391.5→2019
213→ARG→Argentina→Inflation, average consumer prices→Index→→232.7→--→2020
"""  # noqa: E501

FILES = (
    messy(
        "river_flow.rdb",
        tabbed("""\
# Some of the data that you have obtained may not have been reviewed, and are provisional.
#
# Data provided for site 01646500
#            TS   parameter     Description
#         69928       00060     Discharge, cubic feet per second
#
# Data-value qualification codes included in this output:
#     P  Provisional data subject to revision.
#
agency_cd→site_no→datetime→tz_cd→69928_00060→69928_00060_cd
5s→15s→20d→6s→14n→10s
USGS→01646500→2021-05-01 00:00→EDT→6540→P
USGS→01646500→2021-05-01 00:15→EDT→6570→P
USGS→01646500→2021-05-01 00:30→EDT→Ice→P
USGS→01646500→2021-05-01 00:45→EDT→→P
"""),
        """\
agency_cd¦site_no¦datetime¦tz_cd¦69928_00060¦69928_00060_cd
USGS¦01646500¦2021-05-01 00:00¦EDT¦6540¦P
USGS¦01646500¦2021-05-01 00:15¦EDT¦6570¦P
USGS¦01646500¦2021-05-01 00:30¦EDT¦Ice¦P
USGS¦01646500¦2021-05-01 00:45¦EDT¦¦P
""",
        "may",
    ),
    messy(
        "unemployment_by_region.tsv",
        tabbed("""\
unit,sex,age,geo\\time→2019 →2020 →2021
PC,T,Y15-74,AT→4.8 →6.0 e→:
PC,T,Y15-74,BE11→5.1 b→: →6.2
PC,F,Y_GE15,EU27_2020→: c→7.4 bd→7.0 p
PC,M,Y15-74,UKI→4.0 →: u→:
"""),
        """\
unit,sex,age,geo\\time¦2019¦2020¦2021
PC,T,Y15-74,AT¦4.8 ¦6.0 e¦:
PC,T,Y15-74,BE11¦5.1 b¦: ¦6.2
PC,F,Y_GE15,EU27_2020¦: c¦7.4 bd¦7.0 p
PC,M,Y15-74,UKI¦4.0 ¦: u¦:
""",
    ),
    messy(
        "labour_series.txt",
        tabbed(LABOUR),
        """\
series_id¦year¦period¦value¦footnote_codes
LNU03000000                   ¦2020¦M01¦        6504¦
LNU03000000                   ¦2020¦M02¦        6218¦
LNU03000000                   ¦2020¦M03¦        7370¦P
LNU03000001                   ¦2020¦M01¦         4.0¦
""",
        "may",
    ),
    messy(
        "outlook.xls",
        tabbed(FUND + "\nInternational database, April 2020\n"),
        cells_of(FUND, "→"),
        encoding="latin-1",
    ),
    messy(
        "energy_supply.csv",
        """\
"Country or Area","Commodity - Transaction","Year","Unit","Quantity","Quantity Footnotes"
"Albania","Hard coal - Production","2015","Metric tons,  thousand","48",""
"Albania","Hard coal - Imports","2015","Metric tons,  thousand","103.5","1"
"Bolivia (Plur. State of)","Hard coal - Imports","2014","Metric tons,  thousand","0.2",""

"footnoteSeqID","Footnote"
"1","Estimate"
""",
        """\
Country or Area¦Commodity - Transaction¦Year¦Unit¦Quantity¦Quantity Footnotes
Albania¦Hard coal - Production¦2015¦Metric tons,  thousand¦48¦
Albania¦Hard coal - Imports¦2015¦Metric tons,  thousand¦103.5¦1
Bolivia (Plur. State of)¦Hard coal - Imports¦2014¦Metric tons,  thousand¦0.2¦
""",
        "may",
    ),
    messy(
        "stations_fixed.txt",
        """\
ACW00011604  17.1167  -61.7833   10.1    ST JOHNS COOLIDGE FLD
AE000041196  25.3330   55.5170   34.0    SHARJAH INTER. AIRP            GSN     41196
AEM00041194  25.2550   55.3640   10.4    DUBAI INTL                             41194
AFM00040938  34.2100   62.2280  977.2    HERAT                                  40938
AQW00061705 -14.3306 -170.7136    3.7 AS PAGO PAGO WSO AP               GSN     91765
ASN00001006 -15.5100  128.1503    3.8    WYNDHAM AERO                   GSN     95214
""",
        """\
column_1¦column_2¦column_3¦column_4¦column_5¦column_6¦column_7¦column_8
ACW00011604¦17.1167¦-61.7833¦10.1¦¦ST JOHNS COOLIDGE FLD¦¦
AE000041196¦25.3330¦55.5170¦34.0¦¦SHARJAH INTER. AIRP¦GSN¦41196
AEM00041194¦25.2550¦55.3640¦10.4¦¦DUBAI INTL¦¦41194
AFM00040938¦34.2100¦62.2280¦977.2¦¦HERAT¦¦40938
AQW00061705¦-14.3306¦-170.7136¦3.7¦AS¦PAGO PAGO WSO AP¦GSN¦91765
ASN00001006¦-15.5100¦128.1503¦3.8¦¦WYNDHAM AERO¦GSN¦95214
""",
        "may",
    ),
    messy(
        "station_by_month.txt",
        """\
Eastbourne
Location: 561200E 98300N, Lat 50.762 Lon 0.285, 7 metres amsl
Estimated data is marked with a * after the value.
Missing data (more than 2 days missing in month) is marked by  ---.
   yyyy  mm   tmax    tmin      af    rain     sun
              degC    degC    days      mm   hours
   1959   1    6.3     0.8      11    62.6    85.8
   1959   2    7.4*    2.2       4     3.8   104.0
   1959   3   10.9     4.6       0    48.2     ---
   1959   4   12.0     6.1       0    63.5   165.4
""",
        """\
yyyy¦mm¦tmax degC¦tmin degC¦af days¦rain mm¦sun hours
1959¦1¦6.3¦0.8¦11¦62.6¦85.8
1959¦2¦7.4*¦2.2¦4¦3.8¦104.0
1959¦3¦10.9¦4.6¦0¦48.2¦---
1959¦4¦12.0¦6.1¦0¦63.5¦165.4
""",
        "may",
    ),
    messy(
        "co2_monthly.txt",
        """\
# --------------------------------------------------------------------
# USE OF DATA: please cite the observatory, and tell us of your work.
#
# NOTE: negative numbers mean that there are no such data.
#
#            decimal     monthly    de-season  #days  st.dev
#             date       average     alized           of days
  1958   3   1958.2027      315.70      314.43     -1   -9.99
  1958   4   1958.2877      317.45      315.16     -1   -9.99
  1958   5   1958.3699      317.51      314.71     -1   -9.99
  1958  10   1958.7890      312.44      315.61     18    0.35
""",
        """\
column_1¦column_2¦column_3¦column_4¦column_5¦column_6¦column_7
1958¦3¦1958.2027¦315.70¦314.43¦-1¦-9.99
1958¦4¦1958.2877¦317.45¦315.16¦-1¦-9.99
1958¦5¦1958.3699¦317.51¦314.71¦-1¦-9.99
1958¦10¦1958.7890¦312.44¦315.61¦18¦0.35
""",
        "may",
    ),
    messy(
        "anomalies.csv",
        """\
Land-Ocean: Global Means
Year,Jan,Feb,Mar,Apr,J-D,D-N
1880,-.19,-.25,-.09,-.16,-.17,***
1881,-.20,-.14,.03,.05,-.09,-.10
1882,.16,.14,.04,-.16,-.11,-.09
2023,.88,.98,1.21,1.01,****,***
""",
        """\
Year¦Jan¦Feb¦Mar¦Apr¦J-D¦D-N
1880¦-.19¦-.25¦-.09¦-.16¦-.17¦***
1881¦-.20¦-.14¦.03¦.05¦-.09¦-.10
1882¦.16¦.14¦.04¦-.16¦-.11¦-.09
2023¦.88¦.98¦1.21¦1.01¦****¦***
""",
    ),
    messy(
        "deaths_by_cause.txt",
        tabbed("""\
"Notes"→"State"→"State Code"→"Cause"→"Cause Code"→Deaths→Population→Crude Rate
→"Alabama"→"01"→"Falls, unspecified"→"W19"→112→4903185→2.3
→"Alabama"→"01"→"Drowning"→"W74"→9→4903185→Unreliable
→"Wyoming"→"56"→"Falls, unspecified"→"W19"→Suppressed→578759→Suppressed
"Total"→→→→→121→5481944→2.2
"---"
"Dataset: Underlying Cause of Death"
"Query Parameters:"
"Title: Falls and drowning"
"Group By: State; Cause"
"---"
"Help: See the documentation for more information."
"Suggested Citation: Centres for Counting, on the web, 2020"
"""),
        """\
Notes¦State¦State Code¦Cause¦Cause Code¦Deaths¦Population¦Crude Rate
¦Alabama¦01¦Falls, unspecified¦W19¦112¦4903185¦2.3
¦Alabama¦01¦Drowning¦W74¦9¦4903185¦Unreliable
¦Wyoming¦56¦Falls, unspecified¦W19¦Suppressed¦578759¦Suppressed
Total¦¦¦¦¦121¦5481944¦2.2
""",
        "may",
    ),
    messy(
        "time_series.csv",
        """\
"Title","CPI INDEX 00: ALL ITEMS"
"CDID","D7BT"
"Source dataset ID","MM23"
"PreUnit",""
"Unit","Index, base year = 100"
"Release date","19-04-2023"
"Next release","24 May 2023"
"Important notes",
"2021","111.6"
"2022","121.7"
"2022 Q4","125.8"
"2023 Q1","128.0"
"2023 FEB","127.9"
"2023 MAR","128.9"
""",
        """\
column_1¦column_2
2021¦111.6
2022¦121.7
2022 Q4¦125.8
2023 Q1¦128.0
2023 FEB¦127.9
2023 MAR¦128.9
""",
        "must",
    ),
    messy(
        "exoplanets.csv",
        """\
# This file was produced by the archive
# Tue May  2 03:11:54 2023
#
# COLUMN pl_name:        Planet Name
# COLUMN disc_year:      Discovery Year
# COLUMN pl_orbper:      Orbital Period [days]
# COLUMN st_spectype:    Spectral Type
#
pl_name,disc_year,pl_orbper,st_spectype
11 Com b,2007,326.03,G8 III
"HD 1 B, c",2014,,
Kepler-9 d,2010,1.592851,
""",
        """\
pl_name¦disc_year¦pl_orbper¦st_spectype
11 Com b¦2007¦326.03¦G8 III
HD 1 B, c¦2014¦¦
Kepler-9 d¦2010¦1.592851¦
""",
    ),
    messy(
        "interest_rates.csv",
        """\
"Series Description","3-month bill, secondary market","10-year, constant maturity"
"Unit:","Percent:_Per_Year","Percent:_Per_Year"
"Multiplier:","1","1"
"Currency:","NA","NA"
"Unique Identifier: ","H15/H15/B3","H15/H15/C10"
"Time Period","RIFSGFSM03_N.M","RIFLGFCY10_N.M"
2019-01,2.37,2.71
2019-02,2.39,2.68
2019-03,2.40,ND
2019-04,2.38,2.53
""",
        """\
Time Period¦RIFSGFSM03_N.M¦RIFLGFCY10_N.M
2019-01¦2.37¦2.71
2019-02¦2.39¦2.68
2019-03¦2.40¦ND
2019-04¦2.38¦2.53
""",
        "may",
    ),
    messy(
        "naissances.csv",
        """\
sexe;preusuel;annais;dpt;nombre
1;_PRENOMS_RARES;1900;02;7
1;ANDRÉ;1901;2A;12
2;ANAÏS;XXXX;XX;28
2;EMMA-LOU;2020;974;3
""",
        """\
sexe¦preusuel¦annais¦dpt¦nombre
1¦_PRENOMS_RARES¦1900¦02¦7
1¦ANDRÉ¦1901¦2A¦12
2¦ANAÏS¦XXXX¦XX¦28
2¦EMMA-LOU¦2020¦974¦3
""",
        encoding="latin-1",
        line_end="\r\n",
    ),
    messy(
        "commuters.csv",
        """\
Table 3. Commuters by residence and work, 2011;;;;
;;;;
Residence;Workplace;;;
;Same municipality;Other municipality;Abroad;Total
Aarau;3 204;5 112;41;8 357
Baden;2 980;6 004;103;9 087
Chur;11 230;2 455;.;13 685
;;;;
Source: Federal office;;;;
. = not published;;;;
""",
        """\
Residence¦Workplace Same municipality¦Other municipality¦Abroad¦Total
Aarau¦3 204¦5 112¦41¦8 357
Baden¦2 980¦6 004¦103¦9 087
Chur¦11 230¦2 455¦.¦13 685
""",
        "must",
    ),
)
