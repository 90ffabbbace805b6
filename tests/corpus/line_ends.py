"""Line ends of every age, marks of the end, and the line that names the delimiter."""

from tests.corpus.messy import messy

STOCK = """\
sku,bin,on hand,counted
A-100,R1,14,2022-12-30
A-101,R1,0,2022-12-30
B-220,R7,3,2022-12-31
C-009,,220,2022-12-31
"""
STOCK_TRUTH = """\
sku¦bin¦on hand¦counted
A-100¦R1¦14¦2022-12-30
A-101¦R1¦0¦2022-12-30
B-220¦R7¦3¦2022-12-31
C-009¦¦220¦2022-12-31
"""

FILES = (
    messy("old_macintosh.csv", STOCK, STOCK_TRUTH, line_end="\r"),
    messy("windows.csv", STOCK, STOCK_TRUTH, line_end="\r\n"),
    messy("no_end_at_the_end.csv", STOCK.rstrip("\n"), STOCK_TRUTH, line_end="\r\n"),
    messy("twice_returned.csv", STOCK, STOCK_TRUTH, line_end="\r\r\n"),
    messy("every_second_line_blank.csv", STOCK, STOCK_TRUTH, line_end="\n\n"),
    messy("dos_end_of_file.csv", STOCK + "\x1a", STOCK_TRUTH, "may", line_end="\r\n"),
    messy(
        "mixed_line_ends.csv",
        STOCK.replace("sku,bin,on hand,counted\n", "sku,bin,on hand,counted\r\n").replace(
            "14,2022-12-30\n", "14,2022-12-30\r"
        ),
        STOCK_TRUTH,
    ),
    messy(
        "sep_line.csv",
        """\
sep=;
Datum;Konto;Betrag
01.02.2023;Miete;-950,00
03.02.2023;Gehalt;2.840,17
04.02.2023;Strom, Gas;-112,40
""",
        """\
Datum¦Konto¦Betrag
01.02.2023¦Miete¦-950,00
03.02.2023¦Gehalt¦2.840,17
04.02.2023¦Strom, Gas¦-112,40
""",
        line_end="\r\n",
    ),
    messy(
        "quoted_sep_line.csv",
        """\
"sep=,"
"Date","Payee","Amount"
"2/1/2023","Rent","-950.00"
"2/3/2023","Wages; net","2840.17"
""",
        "Date¦Payee¦Amount\n2/1/2023¦Rent¦-950.00\n2/3/2023¦Wages; net¦2840.17\n",
        "may",
    ),
    messy(
        "sep_tab_utf16.csv",
        "\ufeffsep=\t\nNom\tPrénom\tNé le\nDupré\tZoé\t14/07/1988\nŒuvrard\tIrène\t02/01/1990\n",
        "Nom¦Prénom¦Né le\nDupré¦Zoé¦14/07/1988\nŒuvrard¦Irène¦02/01/1990\n",
        encoding="utf-16-le",
        line_end="\r\n",
    ),
    messy(
        "line_feeds_in_cells_of_windows.csv",
        "ref,customer,delivery address,total\r\n"
        '5501,"Lindqvist, Eva","Storgatan 4\nBox 12\n111 22 Stockholm",140.00\r\n'
        '5502,Okafor,"3 Mill Lane\nLeeds",18.50\r\n'
        "5503,Bianchi,Via Roma 9,77.25\r\n",
        """\
ref¦customer¦delivery address¦total
5501¦Lindqvist, Eva¦Storgatan 4⏎Box 12⏎111 22 Stockholm¦140.00
5502¦Okafor¦3 Mill Lane⏎Leeds¦18.50
5503¦Bianchi¦Via Roma 9¦77.25
""",
    ),
    messy(
        "vertical_tabs_and_line_separators.csv",
        "contact,phones,memo\n"
        "Ana Sousa,+351 21 000 00 01\x0b+351 91 000 00 02,prefers\u2028mornings\n"
        "Bo Ek,+46 8 000 01,\n"
        "Cy Young,,call\x85later\n",
        "contact¦phones¦memo\n"
        "Ana Sousa¦+351 21 000 00 01\x0b+351 91 000 00 02¦prefers\u2028mornings\n"
        "Bo Ek¦+46 8 000 01¦\n"
        "Cy Young¦¦call\x85later\n",
        "may",
    ),
)
