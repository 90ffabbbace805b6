"""What the systems of schools, shops, offices and computing centres write out."""

from tests.corpus.messy import Messy, messy, tabbed

FILES: tuple[Messy, ...] = (
    messy(
        "gradebook.csv",
        """\
\ufeffStudent,ID,SIS User ID,Section,Essay 1 (88120),Quiz: tides (88121),Final Score
    Points Possible,,,,20.00,10.00,(read only)
"Ames, Ada",1204,a.ames,BIO-1 (M/W),17.50,9.00,88.33
"Ek, Bo",1205,b.ek,BIO-1 (M/W),,10.00,50.00
"Student, Test",,3f2b,BIO-1 (M/W),,,
""",
        """\
Student¦ID¦SIS User ID¦Section¦Essay 1 (88120)¦Quiz: tides (88121)¦Final Score
    Points Possible¦¦¦¦20.00¦10.00¦(read only)
Ames, Ada¦1204¦a.ames¦BIO-1 (M/W)¦17.50¦9.00¦88.33
Ek, Bo¦1205¦b.ek¦BIO-1 (M/W)¦¦10.00¦50.00
Student, Test¦¦3f2b¦BIO-1 (M/W)¦¦¦
""",
        "may",
    ),
    messy(
        "quiz_grades.csv",
        """\
Surname,"First name","Email address",State,Started on,"Time taken",Grade/10.00,"Q. 1 /5.00"
Ames,Ada,ada@example.org,Finished,"1 March 2023  10:00 AM","12 mins 4 secs",8.50,4.00
Ek,Bo,bo@example.org,"In progress","1 March 2023  10:01 AM",-,-,-
Cole,Cy,cy@example.org,Finished,"1 March 2023  10:02 AM","9 mins",6.00,3.00
"Overall average",,,,,,7.25,3.50
""",
        """\
Surname¦First name¦Email address¦State¦Started on¦Time taken¦Grade/10.00¦Q. 1 /5.00
Ames¦Ada¦ada@example.org¦Finished¦1 March 2023  10:00 AM¦12 mins 4 secs¦8.50¦4.00
Ek¦Bo¦bo@example.org¦In progress¦1 March 2023  10:01 AM¦-¦-¦-
Cole¦Cy¦cy@example.org¦Finished¦1 March 2023  10:02 AM¦9 mins¦6.00¦3.00
Overall average¦¦¦¦¦¦7.25¦3.50
""",
        "may",
    ),
    messy(
        "BTCUSD_d.csv",
        """\
https://www.coindata.example
unix,date,symbol,open,high,close,Volume BTC,Volume USD
1646092800,2022-03-01 00:00:00,BTC/USD,43221.71,43626.49,43185.48,49.00628,2116360.06
1646006400,2022-02-28 00:00:00,BTC/USD,37717.1,44256.08,43178.98,3160.61807,127000000
1645920000,2022-02-27 00:00:00,BTC/USD,39146.66,39886.92,37712.68,1701.81704,66640000.5
""",
        """\
unix¦date¦symbol¦open¦high¦close¦Volume BTC¦Volume USD
1646092800¦2022-03-01 00:00:00¦BTC/USD¦43221.71¦43626.49¦43185.48¦49.00628¦2116360.06
1646006400¦2022-02-28 00:00:00¦BTC/USD¦37717.1¦44256.08¦43178.98¦3160.61807¦127000000
1645920000¦2022-02-27 00:00:00¦BTC/USD¦39146.66¦39886.92¦37712.68¦1701.81704¦66640000.5
""",
    ),
    messy(
        "electric_usage.csv",
        """\
Name,ADA AMES
Address,"12 QUAY ST, APT 4, HULL MA 02045"
Account Number,0012044110
Service,Service 1

TYPE,DATE,START TIME,END TIME,USAGE,UNITS,COST,NOTES
Electric usage,2023-03-01,00:00,00:59,0.41,kWh,$0.12,
Electric usage,2023-03-01,01:00,01:59,0.38,kWh,$0.11,
Electric usage,2023-03-01,02:00,02:59,,kWh,,Missing
""",
        """\
TYPE¦DATE¦START TIME¦END TIME¦USAGE¦UNITS¦COST¦NOTES
Electric usage¦2023-03-01¦00:00¦00:59¦0.41¦kWh¦$0.12¦
Electric usage¦2023-03-01¦01:00¦01:59¦0.38¦kWh¦$0.11¦
Electric usage¦2023-03-01¦02:00¦02:59¦¦kWh¦¦Missing
""",
    ),
    messy(
        "staff_list.txt",
        """\
01.03.2023                                                          Dynamic List Display      1
-----------------------------------------------------------------------------------------------

Staff by personnel area

--------------------------------------------------
|Pers.No.|Last name   |First name|Entry     |  Pct|
--------------------------------------------------
|00001204|Müller      |Zoë       |01.04.2011|100,0|
|00001205|Weiß-Ames   |Ada       |15.07.2013| 50,0|
|00001244|Ek          |Bo        |          | 80,0|
--------------------------------------------------
""",
        """\
Pers.No.¦Last name¦First name¦Entry¦Pct
00001204¦Müller¦Zoë¦01.04.2011¦100,0
00001205¦Weiß-Ames¦Ada¦15.07.2013¦50,0
00001244¦Ek¦Bo¦¦80,0
""",
        "may",
        encoding="cp1252",
    ),
    messy(
        "open_items.xls",
        tabbed("""\
01.03.2023→→→Dynamic List Display→→→1

→Cl.→Assignment→DocumentNo→Doc. Date→Amount in LC→LCurr

→→20230211→5100000120→11.02.2023→        1.204,50 →EUR
→→20230214→5100000121→14.02.2023→           88,00-→EUR
→X→→1800000007→28.02.2023→           12,40 →EUR
"""),
        """\
Cl.¦Assignment¦DocumentNo¦Doc. Date¦Amount in LC¦LCurr
¦20230211¦5100000120¦11.02.2023¦        1.204,50 ¦EUR
¦20230214¦5100000121¦14.02.2023¦           88,00-¦EUR
X¦¦1800000007¦28.02.2023¦           12,40 ¦EUR
""",
        "may",
        encoding="cp1252",
    ),
    messy(
        "star_survey.csv",
        """\
RespondentID,StartDate,Do you know the films?,Rank the films (1 = best),,,Gender
,,Response,Tides,"Quay, The",Ebb,Response
3292879998,10/25/2013,Yes,3,2,1,Male
3292879538,10/25/2013,No,,,,Male
3292765271,10/24/2013,Yes,1,2,3,
3292763116,10/24/2013,Yes,3,1,2,Female
""",
        """\
RespondentID¦StartDate¦Do you know the films? Response¦Rank the films (1 = best) Tides¦Rank the films (1 = best) Quay, The¦Rank the films (1 = best) Ebb¦Gender Response
3292879998¦10/25/2013¦Yes¦3¦2¦1¦Male
3292879538¦10/25/2013¦No¦¦¦¦Male
3292765271¦10/24/2013¦Yes¦1¦2¦3¦
3292763116¦10/24/2013¦Yes¦3¦1¦2¦Female
""",  # noqa: E501
        "may",
    ),
    messy(
        "fitness_export.csv",
        """\
Body
Date,Weight,BMI,Fat
"2023-03-01","80.1","24.2","0"
"2023-03-02","79.9","24.1","0"

Activities
Date,Calories Burned,Steps,Distance,Floors
"2023-03-01","2,410","8,204","6.1","4"
"2023-03-02","2,980","14,011","10.4","11"
""",
        "Date¦Weight¦BMI¦Fat\n2023-03-01¦80.1¦24.2¦0\n2023-03-02¦79.9¦24.1¦0\n",
        "must",
    ),
    messy(
        "sar_cpu.txt",
        """\
Linux 5.4.0-91-generic (web-1) \t03/02/23 \t_x86_64_\t(4 CPU)

12:00:01 AM     CPU     %user     %nice   %system     %idle
12:10:01 AM     all      3.05      0.00      1.01     95.94
12:20:01 AM     all     12.88      0.01      2.40     84.71
12:30:01 AM     all      2.90      0.00      0.98     96.12
Average:        all      6.28      0.00      1.46     92.26
""",
        """\
12:00:01 AM¦CPU¦%user¦%nice¦%system¦%idle
12:10:01 AM¦all¦3.05¦0.00¦1.01¦95.94
12:20:01 AM¦all¦12.88¦0.01¦2.40¦84.71
12:30:01 AM¦all¦2.90¦0.00¦0.98¦96.12
Average:¦all¦6.28¦0.00¦1.46¦92.26
""",
        "may",
    ),
    messy(
        "vmstat.txt",
        """\
procs -----------memory---------- ---swap-- ----cpu----
 r  b   swpd   free   buff  cache   si   so us sy id
 1  0      0 812044  10244 401288    0    0  3  1 96
 0  0      0 811800  10244 401290    0    0  2  0 98
 4  1    128 640112  10250 512004    0   12 61 12 27
""",
        """\
r¦b¦swpd¦free¦buff¦cache¦si¦so¦us¦sy¦id
1¦0¦0¦812044¦10244¦401288¦0¦0¦3¦1¦96
0¦0¦0¦811800¦10244¦401290¦0¦0¦2¦0¦98
4¦1¦128¦640112¦10250¦512004¦0¦12¦61¦12¦27
""",
        "may",
    ),
    messy(
        "exchange_prices.csv",
        """\
"Date ","Series ","OPEN ","HIGH ","close ","VOLUME ","VALUE "
"01-Mar-2023","EQ","1,204.00","1,220.50","1,218.35","88,01,204","10,60,11,20,481.45"
"02-Mar-2023","EQ","1,218.00","1,219.95","-","71,44,010","8,66,02,11,108.00"
"03-Mar-2023","BE","990.05","1,001.00","998.80","1,20,400","12,01,22,018.90"
""",
        """\
Date¦Series¦OPEN¦HIGH¦close¦VOLUME¦VALUE
01-Mar-2023¦EQ¦1,204.00¦1,220.50¦1,218.35¦88,01,204¦10,60,11,20,481.45
02-Mar-2023¦EQ¦1,218.00¦1,219.95¦-¦71,44,010¦8,66,02,11,108.00
03-Mar-2023¦BE¦990.05¦1,001.00¦998.80¦1,20,400¦12,01,22,018.90
""",
        line_end="\r\n",
    ),
    messy(
        "printed_frame_shortened.txt",
        """\
          name   town  people
0         Oslo     NO  709037
1       Bergen     NO  291940
2  Nuku'alofa     TO   23221
..         ...    ...     ...
48        York     GB  153717
49        Hull     GB  267014

[50 rows x 3 columns]
""",
        "column_1¦name¦town¦people\n0¦Oslo¦NO¦709037\n1¦Bergen¦NO¦291940\n"
        "2¦Nuku'alofa¦TO¦23221\n48¦York¦GB¦153717\n49¦Hull¦GB¦267014\n",
        "must",
    ),
)


def pages_of_stock() -> Messy:
    """Return a stock report of six pages, each with its title and its names of columns."""
    header = ("ITEM", "DESCRIPTION", "BIN", "QTY", "COST")
    rows = tuple(
        (
            f"{10_000 + number * 7}",
            ("BOLT M4 X 20", "NUT, HEX", 'PIPE 3/4"', "WASHER")[number % 4],
            f"{'ABC'[number % 3]}-{number % 17:02}",
            str(number * 31 % 480),
            f"{number * 37 % 900 / 100:.2f}",
        )
        for number in range(240)
    )
    lines = []
    for place, row in enumerate(rows):
        if place % 40 == 0:
            lines += [f"QUAY SUPPLIES\tSTOCK STATUS\t\t\tPAGE {place // 40 + 1}", "\t".join(header)]
        lines.append("\t".join(row))
    content = "\r\n".join([*lines, ""]).encode()
    return Messy("stock_status.txt", content, header, rows, "must")


def season_with_names_again() -> Messy:
    """Return a season's players, the names of the columns again after each twenty."""
    header = ("Rk", "Name", "Age", "Tm", "G", "BA")
    rows = tuple(
        (
            str(number + 1),
            f"{('Ada', 'Bo', 'Cy')[number % 3]} {('Ames', 'Ek', 'ODea')[number % 5 % 3]}*",
            str(19 + number % 20),
            ("QUA", "MIL", "TOT")[number % 3],
            str(number * 7 % 162),
            f".{200 + number % 150}" if number % 11 else "",
        )
        for number in range(200)
    )
    lines = []
    for place, row in enumerate(rows):
        lines += [",".join(header)] * (place % 20 == 0) + [",".join(row)]
    return Messy("season.csv", "\n".join([*lines, ""]).encode(), header, rows, "must")


FILES = FILES + (pages_of_stock(), season_with_names_again())
