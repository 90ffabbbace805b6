"""Encodings: marked, unmarked, of single bytes, of Asia, and broken."""

from tests.corpus.messy import Messy, messy

TURKISH = """\
Sıra;İlçe;Muhtar;Nüfus
1;Kadıköy;Ayşe Şahin;482713
2;Beşiktaş;İsmail Yıldız;175190
3;Üsküdar;Gülşen Çağlar;524452
"""
JAPANESE = """\
番号,氏名,住所,金額
1,山田太郎,東京都千代田区丸の内,12000
2,佐藤花子,大阪府大阪市北区梅田,8500
3,鈴木一郎,北海道札幌市中央区,460
"""
CHINESE = """\
编号,姓名,城市,金额
1,王小明,北京市海淀区,1200
2,李丽,上海市浦东新区,850
3,张伟,广州市天河区,46
"""


def table_of(text: str, delimiter: str = ";") -> str:
    """Return the truth of plain text whose cells hold neither quote nor delimiter."""
    return text.replace(delimiter, "¦")


PRICES = """\
Service,Unit,Charge,Notes
Bulky waste,per item,£12.50,Ring first – no walk-ins
Garden bin,per year,£40.00,"Council’s own bins only, brown lid"
Allotment,per pole,£6.75,
"""
COMMUNES = """\
INSEE;Commune;Département;Prix moyen €;Observations
01004;Ambérieu-en-Bugey;Ain;1 540,00;Marché le mercredi
2A004;Ajaccio;Corse-du-Sud;2 310,50;Préfecture, siège de région
48095;Mende;Lozère;980,00;
59183;Dunkerque;Nord;1 120,75;Cœur de ville rénové
"""
MUNICIPIOS = """\
MUNICÍPIO;UF;SITUAÇÃO;POPULAÇÃO
SÃO JOÃO DA BOA VISTA;SP;CONCLUÍDO;91211
MACAPÁ;AP;EM ANDAMENTO;503327
BRASÍLIA;DF;NÃO INICIADO;2974703
CEARÁ-MIRIM;RN;CONCLUÍDO;73886
"""
POLISH = """\
Lp.;Nazwisko;Miejscowość;Kwota zł
1;Wójcik Łukasz;Łódź;1 200,00
2;Żak Małgorzata;Świdnica;350,50
3;Gąsior Jędrzej;Kraków;99,99
4;Źrebiec Paweł;Gdańsk;
"""
CZECH = """\
Jméno;Město;Ulice;Věk
Jiří Novák;Plzeň;Na Příkopě 3;41
Šárka Dvořáková;České Budějovice;Žižkova 12;29
Luboš Říha;Ústí nad Labem;Mírové náměstí 1;63
"""
RUSSIAN = """\
Код;Наименование;Город;Цена
001;Молоток слесарный;Тверь;450,00
002;Отвёртка крестовая;Казань;120,50
003;Гвозди, 1 кг;Нижний Новгород;89,90
"""
GREEK = """\
Κωδικός;Δήμος;Νομός;Πληθυσμός
1001;Αθηναίων;Αττικής;664046
1002;Θεσσαλονίκης;Θεσσαλονίκης;325182
1003;Ηρακλείου;Ηρακλείου;173993
"""
MAC = """\
Référence;Désignation;Créé le;Prix
A1;Théière émaillée;03/09/2004;24,90
A2;Boîte à café;11/09/2004;12,00
A3;Crémaillère forgée à la main;02/10/2004;189,00
"""
DOS = """\
Nr;Name;Strasse;Ort
1;Müller;Gänsemarkt 4;Köln
2;Schröder;Höhenweg 12;Überlingen
3;Jäger;Schloßallee 1;Füssen
"""

FILES = (
    messy(
        "utf8_mark_and_quotes.csv",
        '\ufeff"id";"naïf";"city"\n"1";"oui";"Besançon"\n"2";"non";"Nîmes"\n',
        "id¦naïf¦city\n1¦oui¦Besançon\n2¦non¦Nîmes\n",
        line_end="\r\n",
    ),
    messy(
        "many_scripts.csv",
        "code,name,greeting\nel,Ελληνικά,Γειά σου\nar,العربية,مرحبا\nja,日本語,こんにちは\n"
        "ru,Русский,Привет\nemoji,👩‍🔬,🙂🙃\n",
        "code¦name¦greeting\nel¦Ελληνικά¦Γειά σου\nar¦العربية¦مرحبا\nja¦日本語¦こんにちは\n"
        "ru¦Русский¦Привет\nemoji¦👩‍🔬¦🙂🙃\n",
    ),
    messy(
        "excel_unicode_text.txt",
        "\ufeff" + CZECH.replace(";", "\t"),
        table_of(CZECH),
        encoding="utf-16-le",
        line_end="\r\n",
    ),
    messy("utf16_big_end.csv", "\ufeff" + POLISH, table_of(POLISH), encoding="utf-16-be"),
    messy("utf16_unmarked.csv", COMMUNES, table_of(COMMUNES), encoding="utf-16-le"),
    messy(
        "pounds.csv",
        PRICES,
        """\
Service¦Unit¦Charge¦Notes
Bulky waste¦per item¦£12.50¦Ring first – no walk-ins
Garden bin¦per year¦£40.00¦Council’s own bins only, brown lid
Allotment¦per pole¦£6.75¦
""",
        encoding="cp1252",
        line_end="\r\n",
    ),
    messy("communes.csv", COMMUNES, table_of(COMMUNES), encoding="cp1252", line_end="\r\n"),
    messy("municipios.csv", MUNICIPIOS, table_of(MUNICIPIOS), encoding="latin-1"),
    messy("polish.csv", POLISH, table_of(POLISH), "may", encoding="cp1250"),
    messy("czech.csv", CZECH, table_of(CZECH), "may", encoding="cp1250"),
    messy("russian.csv", RUSSIAN, table_of(RUSSIAN), "may", encoding="cp1251"),
    messy("greek.csv", GREEK, table_of(GREEK), "may", encoding="cp1253"),
    messy("turkish.csv", TURKISH, table_of(TURKISH), "may", encoding="cp1254"),
    messy("macintosh.csv", MAC, table_of(MAC), "may", encoding="mac-roman", line_end="\r"),
    messy("dos.csv", DOS, table_of(DOS), "may", encoding="cp850", line_end="\r\n"),
    messy("japanese.csv", JAPANESE, table_of(JAPANESE, ","), "must", encoding="shift-jis"),
    messy("chinese.csv", CHINESE, table_of(CHINESE, ","), "must", encoding="gbk"),
    messy(
        "latin9_euro.csv",
        "Artikel;Preis\nKäse;4,20 €\nÖl;7,90 €\nBrötchen;0,35 €\n",
        "Artikel¦Preis\nKäse¦4,20 €\nÖl¦7,90 €\nBrötchen¦0,35 €\n",
        "must",
        encoding="iso-8859-15",
    ),
    Messy(
        "one_broken_byte.csv",
        "id,name,town\n1,José,Málaga\n2,Zoë,Lund\n".encode() + b"3,Ren\xe9,Nantes\n4,Bo,Ystad\n",
        ("id", "name", "town"),
        (
            ("1", "José", "Málaga"),
            ("2", "Zoë", "Lund"),
            ("3", "René", "Nantes"),
            ("4", "Bo", "Ystad"),
        ),
        "must",
    ),
    Messy(
        "cut_within_a_letter.csv",
        "id,town\n1,Málaga\n2,Ærø\n3,Tromsø".encode()[:-1],
        ("id", "town"),
        (("1", "Málaga"), ("2", "Ærø"), ("3", "Troms")),
        "must",
    ),
    messy(
        "encoded_twice.csv",
        "id,cafÃ©,note\n1,Chez LÃ©on,fermÃ© le lundi\n2,L'Ã‰toile,ouvert\n",
        "id¦cafÃ©¦note\n1¦Chez LÃ©on¦fermÃ© le lundi\n2¦L'Ã‰toile¦ouvert\n",
    ),
    messy(
        "entities.csv",
        "id,title,size\n1,Caf&eacute; &amp; Bar,4&quot;\n2,Smith &amp; Sons,&lt;1&quot;\n"
        "3,M&uuml;ller,2&quot;\n",
        "id¦title¦size\n1¦Caf&eacute; &amp; Bar¦4&quot;\n2¦Smith &amp; Sons¦&lt;1&quot;\n"
        "3¦M&uuml;ller¦2&quot;\n",
    ),
    messy(
        "hard_spaces.csv",
        "poste;2021;2022\nLoyers;1\u00a0204\u00a0000,50;1\u00a0310\u00a0000,00\n"
        "Énergie;98\u202f000,00;131\u202f500,25\nDivers;12,00;-\u00a03,10\n",
        "poste¦2021¦2022\nLoyers¦1\u00a0204\u00a0000,50¦1\u00a0310\u00a0000,00\n"
        "Énergie¦98\u202f000,00¦131\u202f500,25\nDivers¦12,00¦-\u00a03,10\n",
    ),
)
