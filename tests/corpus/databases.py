"""What databases unload, spool and dump: without names, with rules, in their own escapes."""

from tests.corpus.messy import cells_of, messy, refused, tabbed

UNLOADED = """\
1001|Ames|Ada|1981-02-03|1200.50
1002|Boyd|Bo||
1003|Cole, Jr.|Cy|1975-11-30|88.00
1004|Dunn|Di|1990-07-07|0.00
"""
COPIED = """\
1→Ada Lovelace→2020-01-01 10:00:00+00→t→\\N
2→Bo Ek→\\N→f→12.50
3→Cy→2020-02-03 09:12:44.1+00→t→0.00
4→Di Dunn→2020-02-04 00:00:00+00→f→\\N
"""

FILES = (
    messy(
        "spool.lst",
        """\

EMPNO      ENAME      JOB       HIREDATE         SAL
---------- ---------- --------- --------- ----------
      7369 SMITH      CLERK     17-DEC-80        800
      7499 ALLEN      SALESMAN  20-FEB-81       1600
      7839 KING       PRESIDENT 17-NOV-81
      7902 FORD       ANALYST   03-DEC-81       3000

4 rows selected.

""",
        """\
EMPNO¦ENAME¦JOB¦HIREDATE¦SAL
7369¦SMITH¦CLERK¦17-DEC-80¦800
7499¦ALLEN¦SALESMAN¦20-FEB-81¦1600
7839¦KING¦PRESIDENT¦17-NOV-81¦
7902¦FORD¦ANALYST¦03-DEC-81¦3000
""",
        "may",
    ),
    messy(
        "twelve_rows.txt",
        """\
 order_id |      customer       | placed_on  |  total  |      note
----------+---------------------+------------+---------+----------------
     5001 | Ames & Sons         | 2021-03-01 |  120.00 |
     5002 | Boyd | Partner      | 2021-03-01 |   88.50 | ring twice
     5003 | Cole                | 2021-03-02 |         | left at no. 4
     5004 | D'Arcy              | 2021-03-03 | 1020.10 |
(4 rows)

""",
        """\
order_id¦customer¦placed_on¦total¦note
5001¦Ames & Sons¦2021-03-01¦120.00¦
5002¦Boyd | Partner¦2021-03-01¦88.50¦ring twice
5003¦Cole¦2021-03-02¦¦left at no. 4
5004¦D'Arcy¦2021-03-03¦1020.10¦
""",
        "may",
    ),
    messy(
        "mysql_session.txt",
        """\
mysql> select id, name, qty from stock limit 3;
+------+----------------+------+
| id   | name           | qty  |
+------+----------------+------+
|    1 | Bolt, M4       |  100 |
|    2 | Nut            | NULL |
|    3 | Washer 1/4"    |    9 |
+------+----------------+------+
3 rows in set (0.01 sec)

mysql> exit
Bye
""",
        'id¦name¦qty\n1¦Bolt, M4¦100\n2¦Nut¦NULL\n3¦Washer 1/4"¦9\n',
    ),
    messy(
        "mysql_vertical.txt",
        """\
*************************** 1. row ***************************
   id: 1
 name: Bolt, M4
  qty: 100
*************************** 2. row ***************************
   id: 2
 name: Nut
  qty: NULL
2 rows in set (0.00 sec)
""",
        "id¦name¦qty\n1¦Bolt, M4¦100\n2¦Nut¦NULL\n",
        "must",
    ),
    messy(
        "copied_out.tsv",
        tabbed(COPIED),
        "column_1¦column_2¦column_3¦column_4¦column_5\n" + cells_of(COPIED, "→"),
        "may",
    ),
    messy(
        "outfile.txt",
        r"""1,"Bolt \"M4\"",\N,"9,90"
2,"Nut\, hex","C:\\parts\\nut",\N
3,"Washer","line one\
line two","0,10"
4,"O'Ring",\N,"1,25"
""",
        r"""column_1¦column_2¦column_3¦column_4
1¦Bolt "M4"¦\N¦9,90
2¦Nut, hex¦C:\parts\nut¦\N
3¦Washer¦line one⏎line two¦0,10
4¦O'Ring¦\N¦1,25
""",
        "may",
    ),
    messy(
        "access_export.txt",
        """\
"ID","Kunde","Geboren","Aktiv","Betrag"
1,"Müller, Jens",#1971-03-04 00:00:00#,1,12.50
2,"Özdemir",,0,
3,"D""Amico",#1988-12-31 00:00:00#,1,1000.00
""",
        """\
ID¦Kunde¦Geboren¦Aktiv¦Betrag
1¦Müller, Jens¦#1971-03-04 00:00:00#¦1¦12.50
2¦Özdemir¦¦0¦
3¦D"Amico¦#1988-12-31 00:00:00#¦1¦1000.00
""",
        encoding="cp1252",
        line_end="\r\n",
    ),
    messy(
        "unloaded.unl",
        UNLOADED.replace("\n", "|\n"),
        "column_1¦column_2¦column_3¦column_4¦column_5\n" + cells_of(UNLOADED, "|"),
        "may",
    ),
    messy(
        "bulk_copy.dat",
        """\
AcctId~|~Holder~|~Opened~|~Balance
000417~|~Ames | Boyd~|~2010-01-04~|~1,204.50
000418~|~Cole ~ Co~|~2011-12-13~|~
000502~|~Dunn~|~~|~-4.10
""",
        """\
AcctId¦Holder¦Opened¦Balance
000417¦Ames | Boyd¦2010-01-04¦1,204.50
000418¦Cole ~ Co¦2011-12-13¦
000502¦Dunn¦¦-4.10
""",
    ),
    messy(
        "unit_separators.txt",
        'id\x1fname\x1fnote\x1e1\x1fAda\x1fsays "hi", twice\x1e2\x1fBo\x1ftwo\nlines\x1e'
        "3\x1fCy\x1f\x1e",
        'id¦name¦note\n1¦Ada¦says "hi", twice\n2¦Bo¦two⏎lines\n3¦Cy¦\n',
        "may",
    ),
    messy(
        "sqlcmd_commas.csv",
        """\
id,name,created,amount
--,----,-------,------
1,Ames,2021-03-01 10:00:00.000,12.5000
2,Boyd,2021-03-01 11:30:00.000,NULL
3,Cole,2021-03-02 08:15:10.123,0.0000

(3 rows affected)
""",
        """\
id¦name¦created¦amount
1¦Ames¦2021-03-01 10:00:00.000¦12.5000
2¦Boyd¦2021-03-01 11:30:00.000¦NULL
3¦Cole¦2021-03-02 08:15:10.123¦0.0000
""",
    ),
    messy(
        "ledger_display.txt",
        """\
|  Dynamic List Display                                                     1
------------------------------------------------------------------------------
|Account   |Document  |Pstg Date |Text                |     Amount in LC|LCurr|
------------------------------------------------------------------------------
|   140000 |1800000012|03.01.2021|Invoice A/77        |       1.190,00  |EUR  |
|   140000 |1400000003|17.01.2021|Payment             |       1.190,00- |EUR  |
|   160000 |1900000044|28.01.2021|Rent | January      |         800,00- |EUR  |
|   160000 |1900000045|29.01.2021|                    |          12,50  |EUR  |
------------------------------------------------------------------------------
""",
        """\
Account¦Document¦Pstg Date¦Text¦Amount in LC¦LCurr
140000¦1800000012¦03.01.2021¦Invoice A/77¦1.190,00¦EUR
140000¦1400000003¦17.01.2021¦Payment¦1.190,00-¦EUR
160000¦1900000044¦28.01.2021¦Rent | January¦800,00-¦EUR
160000¦1900000045¦29.01.2021¦¦12,50¦EUR
""",
        "may",
    ),
    messy(
        "double_pipe_rows.txt",
        """\
2021-01-01||C100||Bergen, NO||12.5
2021-01-02||C101||Oslo||
2021-01-03||C102||||9.75
2021-01-04||C100||Bergen, NO||11.0
""",
        """\
column_1¦column_2¦column_3¦column_4
2021-01-01¦C100¦Bergen, NO¦12.5
2021-01-02¦C101¦Oslo¦
2021-01-03¦C102¦¦9.75
2021-01-04¦C100¦Bergen, NO¦11.0
""",
        "may",
    ),
    messy(
        "db2_output.txt",
        """\

DEPTNO DEPTNAME                             MGRNO  ADMRDEPT
------ ------------------------------------ ------ --------
A00    SPIFFY COMPUTER SERVICE DIV.         000010 A00
B01    PLANNING                             000020 A00
D01    DEVELOPMENT CENTER                   -      A00
D11    MANUFACTURING SYSTEMS                000060 D01

  4 record(s) selected.

""",
        """\
DEPTNO¦DEPTNAME¦MGRNO¦ADMRDEPT
A00¦SPIFFY COMPUTER SERVICE DIV.¦000010¦A00
B01¦PLANNING¦000020¦A00
D01¦DEVELOPMENT CENTER¦-¦A00
D11¦MANUFACTURING SYSTEMS¦000060¦D01
""",
        "may",
    ),
)
NO_TABLES = (
    refused(
        "people.ldif",
        """\
version: 1

dn: uid=ames,ou=people,dc=example,dc=org
objectClass: inetOrgPerson
objectClass: top
cn: Ada Ames
mail: ada@example.org
description:: w5xzdGVycmVpY2ggLSBsb25nIHRleHQ=

dn: uid=boyd,ou=people,dc=example,dc=org
objectClass: inetOrgPerson
cn: Bo Boyd
telephoneNumber: +47 55 00 00 01
""",
    ),
)
