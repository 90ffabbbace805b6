"""Public registers: land, companies, medicines, places, markets, aircraft."""

from tests.corpus.messy import cells_of, messy, tabbed

PLACES = """\
2994701→Roc Méler→Roc Meler→Roc Mele,Roc Meler→42.58765→1.7418→T→PK→AD→FR→02→→→→0→2811→2348→Europe/Andorra→2023-10-03
3017832→Pic de les "Abelles"→Pic de les Abelles→→42.52535→1.73343→T→PK→AD→→A9→→66→→0→→2411→Europe/Andorra→2014-11-05
3017833→Estany de les Abelles→Estany→Étang 'noir'→42.52915→1.73362→H→LK→AD→FR→A9→→→→0→→2260→Europe/Andorra→2014-11-05
"""  # noqa: E501
FILMS = """\
1|Paper Lanterns (1995)|01-Jan-1995||http://x.example/M/title-exact?Paper%20(1995)|0|0|1
2|L'Été (1995)|01-Jan-1995||http://x.example/M/title-exact?Ete|0|1|0
3|Four Rooms, Two "Doors" (1995)|01-Jan-1995|||1|0|0
4|unknown||||0|0|0
"""
GIFTS = """\
C00000001|N|M3|P|20230300|15|IND|AMES, ADA|PORTLAND|ME|041010000|HARBOUR CAFE|OWNER|01032023|250||A1
C00000001|A|M3|G|20230301|15E|IND|EK, BO "BUD"|BATH|ME|04530|RETIRED|RETIRED|01042023|-50||A2
C00000002|N|Q1|P||15|ORG|QUAY & MILL, LLC|YORK|ME||||12312022|5000|C009|
"""

FILES = (
    messy(
        "prices_paid.csv",
        """\
"{5BBE9CB3-6332-4EB0-9CD3-8737CEA4A65A}","42000","1995-12-21 00:00","NE4 9DN","S","N","F","8","","MATFEN PLACE","","NEWCASTLE"
"{20E2441A-0F16-49AB-97D4-8737E62A5D93}","95000","1995-03-03 00:00","RM16 4UR","S","N","F","30","","HEATH ROAD","GRAYS","THURROCK"
"{D893EE64-4464-44B5-B01B-8E62403ED83C}","74950","1995-10-03 00:00","CW10 9ES","D","Y","F","15","FLAT 2, B","SHROPSHIRE CLOSE","",""
""",  # noqa: E501
        """\
column_1¦column_2¦column_3¦column_4¦column_5¦column_6¦column_7¦column_8¦column_9¦column_10¦column_11¦column_12
{5BBE9CB3-6332-4EB0-9CD3-8737CEA4A65A}¦42000¦1995-12-21 00:00¦NE4 9DN¦S¦N¦F¦8¦¦MATFEN PLACE¦¦NEWCASTLE
{20E2441A-0F16-49AB-97D4-8737E62A5D93}¦95000¦1995-03-03 00:00¦RM16 4UR¦S¦N¦F¦30¦¦HEATH ROAD¦GRAYS¦THURROCK
{D893EE64-4464-44B5-B01B-8E62403ED83C}¦74950¦1995-10-03 00:00¦CW10 9ES¦D¦Y¦F¦15¦FLAT 2, B¦SHROPSHIRE CLOSE¦¦
""",  # noqa: E501
        "may",
    ),
    messy(
        "place_names.txt",
        tabbed(PLACES),
        "¦".join(f"column_{number}" for number in range(1, 20)) + "\n" + cells_of(PLACES, "→"),
        "may",
    ),
    messy(
        "film_items.item",
        FILMS,
        "¦".join(f"column_{number}" for number in range(1, 9)) + "\n" + cells_of(FILMS, "|"),
        "may",
        encoding="latin-1",
    ),
    messy(
        "gifts.txt",
        GIFTS,
        "¦".join(f"column_{number}" for number in range(1, 18)) + "\n" + cells_of(GIFTS, "|"),
        "may",
    ),
    messy(
        "filings.idx",
        """\
Description:           Master Index of Filings
Last Data Received:    March 31, 2023
Comments:              webmaster@x.example
 
 
 
CIK|Company Name|Form Type|Date Filed|Filename
--------------------------------------------------------------------------------
1000045|HARBOUR FINANCE INC|10-Q|2023-02-14|edgar/data/1000045/0000950170-23-002704.txt
1000097|QUAY, MILL & CO|13F-HR|2023-02-14|edgar/data/1000097/0001000097-23-000003.txt
1000184|ZOE SE|6-K|2023-01-26|edgar/data/1000184/0001104659-23-007245.txt
""",
        """\
CIK¦Company Name¦Form Type¦Date Filed¦Filename
1000045¦HARBOUR FINANCE INC¦10-Q¦2023-02-14¦edgar/data/1000045/0000950170-23-002704.txt
1000097¦QUAY, MILL & CO¦13F-HR¦2023-02-14¦edgar/data/1000097/0001000097-23-000003.txt
1000184¦ZOE SE¦6-K¦2023-01-26¦edgar/data/1000184/0001104659-23-007245.txt
""",
    ),
    messy(
        "medicines.txt",
        """\
Ingredient~DF;Route~Trade_Name~Applicant~Strength~Appl_No~Product_No~Approval_Date
BUDESONIDE~AEROSOL, FOAM;RECTAL~UCER~SALIX~2MG/ACTUATION~205613~001~Oct 7, 2014
MINOXIDIL~AEROSOL, FOAM;TOPICAL~MEN'S ROG~JOHN 5%~5%~021812~002~
AZELAIC ACID~GEL;TOPICAL~FIN~LEO~15%~021470~001~Approved Prior to Jan 1, 1982
""",
        """\
Ingredient¦DF;Route¦Trade_Name¦Applicant¦Strength¦Appl_No¦Product_No¦Approval_Date
BUDESONIDE¦AEROSOL, FOAM;RECTAL¦UCER¦SALIX¦2MG/ACTUATION¦205613¦001¦Oct 7, 2014
MINOXIDIL¦AEROSOL, FOAM;TOPICAL¦MEN'S ROG¦JOHN 5%¦5%¦021812¦002¦
AZELAIC ACID¦GEL;TOPICAL¦FIN¦LEO¦15%¦021470¦001¦Approved Prior to Jan 1, 1982
""",
    ),
    messy(
        "aircraft.txt",
        """\
\ufeffN-NUMBER,SERIAL NUMBER,MFR MDL CODE,NAME,CITY,CERT ISSUE DATE,
1    ,680-0519                      ,2076811,HARBOUR AIR              ,BATH   ,20080522,
100  ,5334                          ,7100510,AMES ADA                 ,YORK   ,        ,
1001 ,C-12 "B"                      ,1390016,EK BO                    ,       ,19991231,
""",
        """\
N-NUMBER¦SERIAL NUMBER¦MFR MDL CODE¦NAME¦CITY¦CERT ISSUE DATE
1¦680-0519¦2076811¦HARBOUR AIR¦BATH¦20080522
100¦5334¦7100510¦AMES ADA¦YORK¦
1001¦C-12 "B"¦1390016¦EK BO¦¦19991231
""",
        "may",
    ),
    messy(
        "listed.txt",
        """\
Symbol|Security Name|Market Category|Test Issue|Round Lot Size|ETF
AAIT|Harbour Trust, Asia "All" Country|G|N|100|Y
AAL|Quay Group, Inc. - Common Stock|Q|N|100|N
ZVZZT|TEST STOCK|Q|Y|100|
File Creation Time: 0301202321:33|||||
""",
        """\
Symbol¦Security Name¦Market Category¦Test Issue¦Round Lot Size¦ETF
AAIT¦Harbour Trust, Asia "All" Country¦G¦N¦100¦Y
AAL¦Quay Group, Inc. - Common Stock¦Q¦N¦100¦N
ZVZZT¦TEST STOCK¦Q¦Y¦100¦
""",
        "may",
    ),
    messy(
        "factors.csv",
        """\
This file was created using the 202303 database.
The 1-month bill return is from the bank.

,Mkt-RF,SMB,HML,RF
202101,   -0.03,    7.34,    2.95,   0.00
202102,    2.78,    2.06,    7.18,   0.00
202103,    3.08,   -2.37,    7.40,   0.00

 Annual Factors: January-December 
,Mkt-RF,SMB,HML,RF
  2020,   23.66,   13.18,  -46.57,   0.45
  2021,   23.57,   -3.89,   25.55,   0.04

Copyright 2023 A. Ames
""",
        """\
column_1¦Mkt-RF¦SMB¦HML¦RF
202101¦-0.03¦7.34¦2.95¦0.00
202102¦2.78¦2.06¦7.18¦0.00
202103¦3.08¦-2.37¦7.40¦0.00
""",
        "must",
    ),
    messy(
        "complaints.csv",
        """\
Unique Key,Created Date,Agency,Descriptor,Incident Zip,Location
48000001,03/01/2023 12:00:01 AM,NYPD,"Loud Music/Party",10025,"(40.801, -73.961)"
48000002,03/01/2023 12:03:00 AM,DSNY,"Missed, twice",,
48000003,03/01/2023 01:10:59 PM,HPD,ENTIRE BUILDING,00083,"(40.766, -73.975)"
""",
        """\
Unique Key¦Created Date¦Agency¦Descriptor¦Incident Zip¦Location
48000001¦03/01/2023 12:00:01 AM¦NYPD¦Loud Music/Party¦10025¦(40.801, -73.961)
48000002¦03/01/2023 12:03:00 AM¦DSNY¦Missed, twice¦¦
48000003¦03/01/2023 01:10:59 PM¦HPD¦ENTIRE BUILDING¦00083¦(40.766, -73.975)
""",
    ),
    messy(
        "speakers.txt",
        """\
;Some pieces of information about the speakers
;
; ID  |SEX| SUBSET           |MINUTES| NAME
14   | F | train-clean-360  | 25.03 | Kristin LeMoine
16   | F | train-clean-360  | 25.11 | Alys AtteWater
17   | M | train-clean-360  | 25.04 | Gord Mackenzie, "Mac"
19   | F | train-clean-100  | 25.19 | Kara Shallenberg
""",
        """\
; ID¦SEX¦SUBSET¦MINUTES¦NAME
14¦F¦train-clean-360¦25.03¦Kristin LeMoine
16¦F¦train-clean-360¦25.11¦Alys AtteWater
17¦M¦train-clean-360¦25.04¦Gord Mackenzie, "Mac"
19¦F¦train-clean-100¦25.19¦Kara Shallenberg
""",
        "may",
    ),
    messy(
        "sounds.dict",
        """\
;;; # a dictionary of sounds
;;; # made by hand
A  AH0
A(1)  EY1
ABBEY  AE1 B IY0
ABBOT  AE1 B AH0 T
'BOUT  B AW1 T
""",
        "column_1¦column_2\nA¦AH0\nA(1)¦EY1\nABBEY¦AE1 B IY0\nABBOT¦AE1 B AH0 T\n'BOUT¦B AW1 T\n",
        "may",
    ),
    messy(
        "routes.txt",
        """\
\ufeffroute_id,agency_id,route_short_name,route_long_name,route_type,route_color,route_text_color
R1,,1,"Quay – Mill, via Lock",3,00FF00,000000
R10,HB,010,Night bus,3,,
R2E,HB,2E,,0,1E1E1E,FFFFFF
""",
        """\
route_id¦agency_id¦route_short_name¦route_long_name¦route_type¦route_color¦route_text_color
R1¦¦1¦Quay – Mill, via Lock¦3¦00FF00¦000000
R10¦HB¦010¦Night bus¦3¦¦
R2E¦HB¦2E¦¦0¦1E1E1E¦FFFFFF
""",
        line_end="\r\n",
    ),
)
