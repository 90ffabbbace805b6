"""Spreadsheets of councils and ministries saved as CSV, with all that stood around the table."""

from tests.corpus.messy import messy

FILES = (
    messy(
        "senior_pay.csv",
        """\
Senior staff pay,,,,,,
As at 30 September 2012,,,,,,
,,,,,,
Post Unique Reference,Name,Grade,Job Title,Pay Floor (£),Pay Ceiling (£),Notes
100,Ada Ames,SCS3,Director General,£120000,£124999,
101,N/D,SCS2,"Director, Legal",£90000,£94999,On loan
102,Eliminated,SCS1,,0,0,"Post removed, 1/4/12"
103,Vacant,SCS1,Deputy Director,£65000,£69999,
""",
        """\
Post Unique Reference¦Name¦Grade¦Job Title¦Pay Floor (£)¦Pay Ceiling (£)¦Notes
100¦Ada Ames¦SCS3¦Director General¦£120000¦£124999¦
101¦N/D¦SCS2¦Director, Legal¦£90000¦£94999¦On loan
102¦Eliminated¦SCS1¦¦0¦0¦Post removed, 1/4/12
103¦Vacant¦SCS1¦Deputy Director¦£65000¦£69999¦
""",
        encoding="cp1252",
        line_end="\r\n",
    ),
    messy(
        "spend_over_500.csv",
        """\
Department Family,Entity,Date,Expense Type,Supplier,Transaction Number,Amount,,,,
Home,HQ,01/04/2013,IT,"QUAY SYSTEMS, LTD",5100204,"27,120.00",,,,
Home,HQ,01/04/2013,Travel,Mill Coaches,5100205, 504.00 ,,,,
Home,Agency,02/04/2013,"Rent, rates",LOCK & CO,5100211,"-1,204.50",,,,
,,,,,,,,,,
,,,,,,"26,419.50",,,,
""",
        """\
Department Family¦Entity¦Date¦Expense Type¦Supplier¦Transaction Number¦Amount
Home¦HQ¦01/04/2013¦IT¦QUAY SYSTEMS, LTD¦5100204¦27,120.00
Home¦HQ¦01/04/2013¦Travel¦Mill Coaches¦5100205¦ 504.00 
Home¦Agency¦02/04/2013¦Rent, rates¦LOCK & CO¦5100211¦-1,204.50
""",
        "may",
    ),
    messy(
        "gifts_and_hospitality.csv",
        """\
"GIFTS RECEIVED, 1 APRIL – 30 JUNE",,,,
Minister,Date,Gift,From,Outcome
Rt Hon A. Ames MP,Nil Return,,,
B. Boyd MP,April,"Rug, wool",Government of X,Held by Department
,May,Pen,"Quay & Co, Ltd",Purchased by Minister
C. Cole MP,Nil Return,,,
""",
        """\
Minister¦Date¦Gift¦From¦Outcome
Rt Hon A. Ames MP¦Nil Return¦¦¦
B. Boyd MP¦April¦Rug, wool¦Government of X¦Held by Department
¦May¦Pen¦Quay & Co, Ltd¦Purchased by Minister
C. Cole MP¦Nil Return¦¦¦
""",
        encoding="cp1252",
        line_end="\r\n",
    ),
    messy(
        "waiting_lists.csv",
        """\
Title:,Waiting times for diagnostics,,,,
Period:,March 2023,,,,
Source:,Monthly return,,,,
Basis:,Provider,,,,
Published:,11th May 2023,,,,
,,,,,
Year,Code,Provider,Under 6 weeks,6+ weeks,% 6+ weeks
2022-23,RAA,Quay Hospital,"1,204",88,6.8%
2022-23,RAB,"Mill, The",880,*,*
2022-23,RAC,Lock Clinic,-,-,-
""",
        """\
Year¦Code¦Provider¦Under 6 weeks¦6+ weeks¦% 6+ weeks
2022-23¦RAA¦Quay Hospital¦1,204¦88¦6.8%
2022-23¦RAB¦Mill, The¦880¦*¦*
2022-23¦RAC¦Lock Clinic¦-¦-¦-
""",
    ),
    messy(
        "population_two_rows.csv",
        """\
Mid-year estimates,,,,,,
,,All ages,,,Aged 65+,
Code,Area,Persons,Males,Females,Persons,Share
E06000001,Quay,92600,45100,47500,18500,20.0%
E06000002,Mill,139500,68800,70700,21700,15.6%
E06000003,Lock,135400,65600,69800,28300,20.9%
,,,,,,
Note: figures are rounded,,,,,,
""",
        """\
Code¦Area¦All ages Persons¦All ages Males¦All ages Females¦Aged 65+ Persons¦Aged 65+ Share
E06000001¦Quay¦92600¦45100¦47500¦18500¦20.0%
E06000002¦Mill¦139500¦68800¦70700¦21700¦15.6%
E06000003¦Lock¦135400¦65600¦69800¦28300¦20.9%
""",
        "may",
    ),
    messy(
        "car_parks.csv",
        """\
Name,Address,Spaces,Disabled,Opening hours,X,Y
Castle St,"Castle Street
Quay
QU1 1AA",120,6,Mon-Sat 8am-6pm,412004,288120
Mill Lane,Mill Lane,40,,24h,412110,
"Lock, upper",,12,1,"Mon, Wed",,
""",
        """\
Name¦Address¦Spaces¦Disabled¦Opening hours¦X¦Y
Castle St¦Castle Street⏎Quay⏎QU1 1AA¦120¦6¦Mon-Sat 8am-6pm¦412004¦288120
Mill Lane¦Mill Lane¦40¦¦24h¦412110¦
Lock, upper¦¦12¦1¦Mon, Wed¦¦
""",
    ),
    messy(
        "energy_by_half_hour.csv",
        "Site,Date,00:00,00:30,01:00,01:30,Total\nQuay House,01/04/2013,1.2,1.1,1.1,0.9,4.3\n"
        "Quay House,02/04/2013,1.3,,1.0,0.9,3.2\nMill,01/04/2013,0,0,0,0,0\n",
        "Site¦Date¦00:00¦00:30¦01:00¦01:30¦Total\nQuay House¦01/04/2013¦1.2¦1.1¦1.1¦0.9¦4.3\n"
        "Quay House¦02/04/2013¦1.3¦¦1.0¦0.9¦3.2\nMill¦01/04/2013¦0¦0¦0¦0¦0\n",
    ),
    messy(
        "organogram.csv",
        """\
 Post Reference , Job Title ,Unit,Reports to,Salary Cost (£),FTE, Office Region
A1, Head ,Legal,XX,  88000  ,1.00, London
A2, Lawyer ,Legal,A1, 52000 ,0.80, London
A3, Clerk ,Legal,A1, 24000 ,1.00, Wales
""",
        """\
Post Reference¦Job Title¦Unit¦Reports to¦Salary Cost (£)¦FTE¦Office Region
A1¦ Head ¦Legal¦XX¦  88000  ¦1.00¦ London
A2¦ Lawyer ¦Legal¦A1¦ 52000 ¦0.80¦ London
A3¦ Clerk ¦Legal¦A1¦ 24000 ¦1.00¦ Wales
""",
        "may",
        encoding="cp1252",
    ),
    messy(
        "contents_and_table.csv",
        """\
Table 4a: Arrests by reason,,,,
England,,,,Number
Reason,2010/11,2011/12,2012/13,% change
,,,,
Theft,1204,1190,1088,-8.6
Fraud(1),88,90,..,..
Other,12,,9,
,,,,
All,1304,1280,1097,-14.3
,,,,
1. See user guide.,,,,
.. = not available,,,,
""",
        """\
Reason¦2010/11¦2011/12¦2012/13¦% change
Theft¦1204¦1190¦1088¦-8.6
Fraud(1)¦88¦90¦..¦..
Other¦12¦¦9¦
All¦1304¦1280¦1097¦-14.3
""",
        "may",
    ),
    messy(
        "elections_over_three_rows.csv",
        """\
,,Turnout,,Votes,,
,,2014,2018,Green,,Ind.
Ward,Seats,%,%,A. Ames,B. Boyd,C. Cole
Abbey,3,41.2,38.0,1204,880,12
Castle,3,39.9,40.1,990,1011,
Quay,2,35.5,36.6,812,640,88
""",
        """\
Ward¦Seats¦Turnout 2014 %¦Turnout 2018 %¦Votes Green A. Ames¦Votes Green B. Boyd¦Votes Ind. C. Cole
Abbey¦3¦41.2¦38.0¦1204¦880¦12
Castle¦3¦39.9¦40.1¦990¦1011¦
Quay¦2¦35.5¦36.6¦812¦640¦88
""",
        "must",
    ),
)
