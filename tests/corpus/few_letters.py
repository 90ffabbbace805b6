"""Encodings told by few letters: most of the file is ASCII, and a wrong reading looks clean."""

from tests.corpus.encodings import table_of
from tests.corpus.messy import Messy, messy

MENU = """\
id;dish;price;since
1;Café crème;2,40;2014
2;Thé vert;1,90;2009
3;Pâté;8,80;2021
4;Soup;4,10;2021
"""
CLIENTS = """\
id;name;city;balance
1;Kowalski Paweł;Torun;120,00
2;Nowak Anna;Krosno;88,50
3;Lis Jan;Opole;0,00
4;Wilk Ewa;Łomża;12,40
"""
MEMBERS = """\
No,Name,Town,Fee
1,Müller,Ulm,120
2,Schmidt,Bonn,120
3,Weiß,Trier,60
4,Jones,Bath,0
"""
STAFF = """\
id,name,dept,pay
1,Smith,IT,1204
2,Nuñez,HR,880
3,Brown,IT,900
"""
BRANCHES = """\
id,city,branch,staff
1,北京,Main,120
2,Oslo,North,12
3,上海,East,88
"""
SHOPS = """\
id,name,area,code
1,Tokyo,12.5,A1
2,大阪,9.0,B2
3,Nara,4.1,C3
"""
RATES = """\
item,price,note
Room,€90.00,“sea view” – quiet
Bed,€25.00,dorm…
Tent,€8.50,
"""
ACRONYMS = """\
Ulica;Nr;Mesto;PSČ
Hlavná;12;Košice;040 01
Dlhá;3;Žilina;010 01
Nová;7;Nitra;949 01
"""

FILES = (
    messy("menu_macintosh.csv", MENU, table_of(MENU), "may", encoding="mac-roman"),
    messy("menu_dos.csv", MENU, table_of(MENU), "may", encoding="cp850", line_end="\r\n"),
    messy("menu_latin.csv", MENU, table_of(MENU), encoding="latin-1"),
    messy("clients_windows.csv", CLIENTS, table_of(CLIENTS), "may", encoding="cp1250"),
    messy("clients_latin2.csv", CLIENTS, table_of(CLIENTS), "may", encoding="iso-8859-2"),
    messy("members_dos.csv", MEMBERS, table_of(MEMBERS, ","), "may", encoding="cp437"),
    messy(
        "members_macintosh.csv",
        MEMBERS,
        table_of(MEMBERS, ","),
        "may",
        encoding="mac-roman",
        line_end="\r",
    ),
    messy("one_letter.csv", STAFF, table_of(STAFF, ","), "may", encoding="cp1252"),
    messy("one_letter_dos.csv", STAFF, table_of(STAFF, ","), "may", encoding="cp850"),
    messy("branches_gbk.csv", BRANCHES, table_of(BRANCHES, ","), "may", encoding="gbk"),
    messy(
        "branches_gb18030_all.csv",
        BRANCHES.replace("Oslo", "广州市").replace("Main", "总行"),
        table_of(BRANCHES.replace("Oslo", "广州市").replace("Main", "总行"), ","),
        "may",
        encoding="gb18030",
    ),
    messy("shops_shift_jis.csv", SHOPS, table_of(SHOPS, ","), "may", encoding="shift-jis"),
    messy("room_rates.csv", RATES, table_of(RATES, ","), encoding="cp1252", line_end="\r\n"),
    messy("streets.csv", ACRONYMS, table_of(ACRONYMS), "may", encoding="cp1250"),
    Messy(
        "zeros_between.csv",
        b"id,name,town\n1,Ada\x00,York\n2,Bo,Hull\x00\n3,Cy,Ripon\n",
        ("id", "name", "town"),
        (("1", "Ada", "York"), ("2", "Bo", "Hull"), ("3", "Cy", "Ripon")),
        "must",
    ),
    Messy(
        "two_encodings.csv",
        "id;name;town\n1;Zoë;Málaga\n2;Müller;Köln\n".encode()
        + "3;Jörg;Nürnberg\n4;René;Besançon\n".encode("cp1252"),
        ("id", "name", "town"),
        (
            ("1", "Zoë", "Málaga"),
            ("2", "Müller", "Köln"),
            ("3", "Jörg", "Nürnberg"),
            ("4", "René", "Besançon"),
        ),
        "must",
    ),
    Messy(
        "wide_letters_cut_off.csv",
        "id\ttown\n1\tMálaga\n2\tÆrø\n3\tOslo\n".encode("utf-16")[:-1],
        ("id", "town"),
        (("1", "Málaga"), ("2", "Ærø"), ("3", "Oslo")),
        "must",
    ),
)
