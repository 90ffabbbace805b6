"""What is measured in rivers, air, sea and sky, as those who measure publish it."""

from tests.corpus.messy import messy, tabbed

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
)
