"""Files with the usual delimiters, whose cells are full of the other ones."""

from tests.corpus.messy import messy

FILES = (
    messy(
        "cafes.csv",
        """\
id,name,address,district,espresso,opened
1,Café de l'Orme,"12, rue des Écoles",Paris 5e,2.40,2014-05-02
2,Le Petit Zinc,"8 bis, place d'Aligre",Paris 12e,1.90,2009-11-17
3,Chez Noémie,"101, bd Saint-Michel",Paris 5e,2.80,
4,Zur Glocke,Hauptstraße 4,Straßburg,3.10,2021-01-30
""",
        """\
id¦name¦address¦district¦espresso¦opened
1¦Café de l'Orme¦12, rue des Écoles¦Paris 5e¦2.40¦2014-05-02
2¦Le Petit Zinc¦8 bis, place d'Aligre¦Paris 12e¦1.90¦2009-11-17
3¦Chez Noémie¦101, bd Saint-Michel¦Paris 5e¦2.80¦
4¦Zur Glocke¦Hauptstraße 4¦Straßburg¦3.10¦2021-01-30
""",
    ),
    messy(
        "umsatz.csv",
        """\
Kundennr.;Firma;Ort;Umsatz;Anteil;Letzter Auftrag
00417;Müller & Söhne GmbH;Lüneburg;1.204,50;3,2;03.04.2023
00418;Bäckerei Groß;Köln, Ehrenfeld;88,00;0,2;17.11.2022
01002;"Weber; Partner";München;12.900,75;34,1;28.02.2023
01003;Ladenbau Özdemir;Berlin, Mitte;;0,0;
""",
        """\
Kundennr.¦Firma¦Ort¦Umsatz¦Anteil¦Letzter Auftrag
00417¦Müller & Söhne GmbH¦Lüneburg¦1.204,50¦3,2¦03.04.2023
00418¦Bäckerei Groß¦Köln, Ehrenfeld¦88,00¦0,2¦17.11.2022
01002¦Weber; Partner¦München¦12.900,75¦34,1¦28.02.2023
01003¦Ladenbau Özdemir¦Berlin, Mitte¦¦0,0¦
""",
    ),
    messy(
        "measurements_all_decimal_comma.csv",
        """\
Zeit;Temp;Druck;Feuchte
12:00;21,5;1013,2;45,0
12:10;21,6;1013,1;45,2
12:20;21,9;1013,0;44,7
12:30;22,1;1012,8;44,1
""",
        """\
Zeit¦Temp¦Druck¦Feuchte
12:00¦21,5¦1013,2¦45,0
12:10¦21,6¦1013,1¦45,2
12:20¦21,9¦1013,0¦44,7
12:30¦22,1¦1012,8¦44,1
""",
    ),
    messy(
        "two_columns_decimal_comma.csv",
        "x;y\n0,1;1,5\n0,2;1,7\n0,3;2,1\n0,4;2,0\n",
        "x¦y\n0,1¦1,5\n0,2¦1,7\n0,3¦2,1\n0,4¦2,0\n",
    ),
    messy(
        "tags.csv",
        """\
post_id,title,tags,views
101,How to prune roses,garden;roses;spring;how-to,1840
102,Bread without kneading,bread;baking;slow;kitchen,22019
103,Ten walks near Bergen,travel;norway;walks;rain,913
104,Mending a bicycle tube,bicycle;repair;tools;how-to,4410
""",
        """\
post_id¦title¦tags¦views
101¦How to prune roses¦garden;roses;spring;how-to¦1840
102¦Bread without kneading¦bread;baking;slow;kitchen¦22019
103¦Ten walks near Bergen¦travel;norway;walks;rain¦913
104¦Mending a bicycle tube¦bicycle;repair;tools;how-to¦4410
""",
    ),
    messy(
        "feeds.csv",
        """\
name;url;last_checked;status
Harbour board;https://harbour.example/a:8080/rss?x=1,2;2023-04-01 10:22:31;200
Ferry times;https://ferry.example/rss?from=A,B&to=C;2023-04-01 10:22:40;200
Weather, hourly;http://wx.example/f:1/f:2/f:3;2023-04-01 10:22:58;503
Tides;https://tide.example/;2023-04-01 10:23:02;301
""",
        """\
name¦url¦last_checked¦status
Harbour board¦https://harbour.example/a:8080/rss?x=1,2¦2023-04-01 10:22:31¦200
Ferry times¦https://ferry.example/rss?from=A,B&to=C¦2023-04-01 10:22:40¦200
Weather, hourly¦http://wx.example/f:1/f:2/f:3¦2023-04-01 10:22:58¦503
Tides¦https://tide.example/¦2023-04-01 10:23:02¦301
""",
    ),
    messy(
        "genes.tsv",
        "gene_id\tsymbol\tlocation\tsynonyms\tscore\n"
        "HG:0001\tABCA1\t9q31.1\tTGD, HDLDT1, CERP\t0.93\n"
        "HG:0002\tBRCA2\t13q13.1\t\t1\n"
        "HG:0003\tMT-ND1\t\tNADH1, ND1\t\n"
        "HG:0004\tTP53\t17p13.1\tp53, LFS1\t1e-05\n",
        """\
gene_id¦symbol¦location¦synonyms¦score
HG:0001¦ABCA1¦9q31.1¦TGD, HDLDT1, CERP¦0.93
HG:0002¦BRCA2¦13q13.1¦¦1
HG:0003¦MT-ND1¦¦NADH1, ND1¦
HG:0004¦TP53¦17p13.1¦p53, LFS1¦1e-05
""",
    ),
    messy(
        "tabs_called.csv",
        "Bestellnr\tArtikel\tMenge\tEinzelpreis\n"
        "4711\tSchraube M4, verzinkt\t200\t0,04\n"
        "4711\tMutter M4, verzinkt\t200\t0,03\n"
        "4712\tWinkel 90°, Stahl\t12\t1,85\n"
        "4713\tDübel 8 mm, grau\t50\t0,11\n",
        """\
Bestellnr¦Artikel¦Menge¦Einzelpreis
4711¦Schraube M4, verzinkt¦200¦0,04
4711¦Mutter M4, verzinkt¦200¦0,03
4712¦Winkel 90°, Stahl¦12¦1,85
4713¦Dübel 8 mm, grau¦50¦0,11
""",
    ),
    messy(
        "permits.txt",
        """\
PERMIT|ISSUED|APPLICANT|SITE|FEE
B-2021-0034|01/14/2021|RIVERA, ANA M.|1200 E 5TH ST, APT 3|$150.00
B-2021-0035|01/14/2021|OAK HILL LLC|77 MAIN ST|$1,020.50
B-2021-0036|01/15/2021|O'NEIL, PATRICK||$75.00
B-2021-0037|01/19/2021|NGUYEN, T.|9 WATER ST, REAR|$0.00
""",
        """\
PERMIT¦ISSUED¦APPLICANT¦SITE¦FEE
B-2021-0034¦01/14/2021¦RIVERA, ANA M.¦1200 E 5TH ST, APT 3¦$150.00
B-2021-0035¦01/14/2021¦OAK HILL LLC¦77 MAIN ST¦$1,020.50
B-2021-0036¦01/15/2021¦O'NEIL, PATRICK¦¦$75.00
B-2021-0037¦01/19/2021¦NGUYEN, T.¦9 WATER ST, REAR¦$0.00
""",
    ),
    messy(
        "space_after_comma.csv",
        """\
station, river, gauge_m, remark
Aarau, Aare, 2.31, "calm, clear"
Bern, Aare, 1.87, ice
Chur, Rhein, 0.94, "debris, see note 4"
Thun, Aare, 1.20,
""",
        """\
station¦river¦gauge_m¦remark
Aarau¦Aare¦2.31¦calm, clear
Bern¦Aare¦1.87¦ice
Chur¦Rhein¦0.94¦debris, see note 4
Thun¦Aare¦1.20¦
""",
    ),
    messy(
        "padded_semicolons.csv",
        """\
sensor ; place        ; min  ; max
T01    ; cold store   ; -21  ; -17
T02    ; loading dock ; 3    ; 19
T03    ; office       ; 17   ; 24
T14    ; server room  ; 15   ; 22
""",
        """\
sensor¦place¦min¦max
T01¦cold store¦-21¦-17
T02¦loading dock¦3¦19
T03¦office¦17¦24
T14¦server room¦15¦22
""",
    ),
    messy(
        "padded_commas.csv",
        """\
   Year,   Region         ,    Births,   Deaths
   1998,   North          ,     10432,     9871
   1999,   North          ,     10391,     9902
   1998,   South & Islands,      7120,     6480
   1999,   South & Islands,      7004,     6555
""",
        """\
Year¦Region¦Births¦Deaths
1998¦North¦10432¦9871
1999¦North¦10391¦9902
1998¦South & Islands¦7120¦6480
1999¦South & Islands¦7004¦6555
""",
    ),
)
