"""Exports of shops, banks and book-keeping."""

from tests.corpus.messy import messy

FILES = (
    messy(
        "shop_orders.csv",
        """\
Name,Email,Paid at,Total,Lineitem quantity,Lineitem name,Shipping Zip,Notes,Tags
#1001,ana@example.org,2023-01-04 09:12:11 +0100,48.50,1,"Mug - blue / 350 ml",'04109,,vip
#1001,ana@example.org,,,2,Plate - white,,,
#1002,bo@example.org,2023-01-04 11:40:02 +0100,12.00,1,"Bowl, small",SW1A 1AA,"Gift.

Please wrap","new, gift"
""",
        """\
Name¦Email¦Paid at¦Total¦Lineitem quantity¦Lineitem name¦Shipping Zip¦Notes¦Tags
#1001¦ana@example.org¦2023-01-04 09:12:11 +0100¦48.50¦1¦Mug - blue / 350 ml¦'04109¦¦vip
#1001¦ana@example.org¦¦¦2¦Plate - white¦¦¦
#1002¦bo@example.org¦2023-01-04 11:40:02 +0100¦12.00¦1¦Bowl, small¦SW1A 1AA¦Gift.⏎⏎Please wrap¦new, gift
""",  # noqa: E501
    ),
    messy(
        "wallet.csv",
        """\
\ufeff"Date","Time","TimeZone","Name","Status"," Gross "," Fee ","Balance"
"04.01.2023","09:12:11","CET","Ana Sousa","Completed","48,50","-1,77","1.204,10"
"05.01.2023","18:00:00","CET","","Pending","-12,00","0,00","1.192,10"
""",
        """\
Date¦Time¦TimeZone¦Name¦Status¦Gross¦Fee¦Balance
04.01.2023¦09:12:11¦CET¦Ana Sousa¦Completed¦48,50¦-1,77¦1.204,10
05.01.2023¦18:00:00¦CET¦¦Pending¦-12,00¦0,00¦1.192,10
""",
        line_end="\r\n",
    ),
    messy(
        "statement_with_summary.csv",
        '''\
Description,,Summary Amt.
Beginning balance as of 01/01/2020,,"1,204.56"
Total credits,,"3,000.00"
Total debits,,"-2,190.10"

Date,Description,Amount,Running Bal.
01/01/2020,Beginning balance as of 01/01/2020,,"1,204.56"
01/03/2020,"PAYROLL ACME, INC","3,000.00","4,204.56"
01/05/2020,CARD 4411 GROCER #12,"-190.10","4,014.46"
01/09/2020,"RENT ""JAN""","-2,000.00","2,014.46"
''',
        """\
Date¦Description¦Amount¦Running Bal.
01/01/2020¦Beginning balance as of 01/01/2020¦¦1,204.56
01/03/2020¦PAYROLL ACME, INC¦3,000.00¦4,204.56
01/05/2020¦CARD 4411 GROCER #12¦-190.10¦4,014.46
01/09/2020¦RENT "JAN"¦-2,000.00¦2,014.46
""",
        "may",
    ),
    messy(
        "postings.csv",
        """\
"BATCH";700;21;"Buchungsstapel";12;20230301;;"RE";"";"";1001;20001;20230101;4;"EUR"
Umsatz;Soll/Haben;Konto;Gegenkonto;Belegdatum;Belegfeld;Buchungstext
119,00;"S";10001;8400;0103;"AR-1";"Müller, Rechnung 1"
59,50;"H";70002;4930;0203;"ER-7";"Bürobedarf"
238,00;"S";10004;8400;0703;"AR-2";""
""",
        """\
Umsatz¦Soll/Haben¦Konto¦Gegenkonto¦Belegdatum¦Belegfeld¦Buchungstext
119,00¦S¦10001¦8400¦0103¦AR-1¦Müller, Rechnung 1
59,50¦H¦70002¦4930¦0203¦ER-7¦Bürobedarf
238,00¦S¦10004¦8400¦0703¦AR-2¦
""",
        "may",
        encoding="cp1252",
        line_end="\r\n",
    ),
    messy(
        "material_list.txt",
        """\
Material list                                  Page 1
------------------------------------------------------
| Material | Type | Text                |     Stock  |
------------------------------------------------------
| 10001    | FERT | Pump, 230 V         |     1.200  |
| 10002    | ROH  | Seal ring           |    14.350  |
| 10003    | ROH  |                     |         0  |
------------------------------------------------------
""",
        "Material¦Type¦Text¦Stock\n10001¦FERT¦Pump, 230 V¦1.200\n10002¦ROH¦Seal ring¦14.350\n"
        "10003¦ROH¦¦0\n",
        "may",
    ),
    messy(
        "list_with_leading_tab.xls.txt",
        "Open items\n\n\tDocument\tDate\tAmount\tCurr.\n\n\t100044\t03.01.2023\t1.190,00\tEUR\n"
        "\t100045\t04.01.2023\t23,80-\tEUR\n\t100051\t\t88,00\tUSD\n",
        "Document¦Date¦Amount¦Curr.\n100044¦03.01.2023¦1.190,00¦EUR\n"
        "100045¦04.01.2023¦23,80-¦EUR\n100051¦¦88,00¦USD\n",
    ),
    messy(
        "profit_and_loss.csv",
        """\
"Harbour Cafe Ltd",,
"Profit and Loss",,
"January - March, 2023",,
,,
,"Total","Last year"
"Income",,
"   Food sales","12,400.10","11,020.00"
"   Drink sales","8,110.55","7,940.20"
"Total Income","20,510.65","18,960.20"
"Net Income","$2,118.40","$ -301.00"
,,
"Monday, Apr 03, 2023 10:22:01 AM GMT-7 - Accrual Basis",,
""",
        """\
column_1¦Total¦Last year
Income¦¦
   Food sales¦12,400.10¦11,020.00
   Drink sales¦8,110.55¦7,940.20
Total Income¦20,510.65¦18,960.20
Net Income¦$2,118.40¦$ -301.00
""",
        "may",
    ),
    messy(
        "catalogue.csv",
        r"""id,type,sku,name,published,description,price,categories,images,"Attribute 1 value(s)"
12,variable,MUG,"Mug, blue",1,"Holds 350 ml.\n\nDishwasher safe.",,"Home > Kitchen, Gifts",https://s.example/a.jpg,"S, M"
13,variation,MUG-S,,1,,"9,90",,"https://s.example/a.jpg, https://s.example/b.jpg",S
14,simple,,"12"" plate",-1,"<strong>New</strong>",12,Home,,
""",  # noqa: E501
        r"""id¦type¦sku¦name¦published¦description¦price¦categories¦images¦Attribute 1 value(s)
12¦variable¦MUG¦Mug, blue¦1¦Holds 350 ml.\n\nDishwasher safe.¦¦Home > Kitchen, Gifts¦https://s.example/a.jpg¦S, M
13¦variation¦MUG-S¦¦1¦¦9,90¦¦https://s.example/a.jpg, https://s.example/b.jpg¦S
14¦simple¦¦12" plate¦-1¦<strong>New</strong>¦12¦Home¦¦
""",  # noqa: E501
    ),
    messy(
        "address_book.csv",
        '''\
First Name,Middle Name,Last Name,E-mail Address,Home Street,Home Phone,Birthday,Notes
Ana,,Sousa,ana@example.org,"Rua Nova 12
1100-001 Lisboa",+351 21 000 00 01,0/0/00,
Bo,,Ek,,,,12/4/1980,"knows ""everybody"""
,,Harbour Café,cafe@example.org,,,,
''',
        """\
First Name¦Middle Name¦Last Name¦E-mail Address¦Home Street¦Home Phone¦Birthday¦Notes
Ana¦¦Sousa¦ana@example.org¦Rua Nova 12⏎1100-001 Lisboa¦+351 21 000 00 01¦0/0/00¦
Bo¦¦Ek¦¦¦¦12/4/1980¦knows "everybody"
¦¦Harbour Café¦cafe@example.org¦¦¦¦
""",
    ),
    messy(
        "leads_without_header.txt",
        "Sousa;Ana;ana@example.org;+351 21 000 00 01;1100-001\n"
        "Ek;Bo;bo@example.org;;11122\nYoung;Cy;;020 7946 0003;SW1A 1AA\n",
        "column_1¦column_2¦column_3¦column_4¦column_5\n"
        "Sousa¦Ana¦ana@example.org¦+351 21 000 00 01¦1100-001\n"
        "Ek¦Bo¦bo@example.org¦¦11122\nYoung¦Cy¦¦020 7946 0003¦SW1A 1AA\n",
        "may",
    ),
)
