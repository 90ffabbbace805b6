"""Alphabets in the encodings their offices still use."""

from tests.corpus.encodings import table_of
from tests.corpus.messy import messy

SHOP = """\
Код;Товар;Поставщик;Город;Цена
001;Чайник эмалированный;ООО «Ромашка»;Тверь;450,00
002;Отвёртка крестовая;ИП Щукин;Казань;120,50
003;Гвозди, 1 кг;ООО «Южный край»;Нижний Новгород;89,90
"""
SHOP_WITHOUT_QUOTES = SHOP.replace("«", "").replace("»", "")
HUNGARIAN = """\
Sorszám;Név;Település;Összeg
1;Szőke Győző;Székesfehérvár;12 500
2;Fűrész Ödön;Gyömrő;980
3;Tőkés Rózsa;Hódmezővásárhely;44 120
"""
HEBREW = """\
מספר,שם,עיר,סכום
1,דוד לוי,חיפה,1200
2,שרה כהן,ירושלים,850
3,יוסף מזרחי,באר שבע,46
"""
ARABIC = """\
الرقم,الاسم,المدينة,المبلغ
1,أحمد علي,القاهرة,1200
2,فاطمة حسن,الإسكندرية,850
3,يوسف سعيد,أسوان,46
"""
KOREAN = """\
번호,이름,도시,금액
1,김철수,서울특별시,12000
2,이영희,부산광역시,8500
3,박민수,대구광역시,460
"""
TAIWANESE = """\
編號,姓名,縣市,金額
1,陳大文,臺北市,1200
2,林美麗,高雄市,850
3,張志明,臺中市,46
"""
JAPANESE = """\
"コード","商品名","カナ","単価","備考"
"0001","緑茶 500ml","ﾘｮｸﾁｬ","150","表示"
"0002","抹茶ソース","ﾏｯﾁｬ","480",""
"0003","能登の塩","ﾉﾄ","1,200","予約"
"""
BALTIC = """\
Nr.;Vārds;Pilsēta;Summa
1;Jānis Bērziņš;Jēkabpils;12,50
2;Žanete Šķēle;Liepāja;9,00
3;Ģirts Ķēniņš;Rēzekne;
"""
NORDIC = """\
Kommune;Fylke;Åpnet;Beløp
Tromsø;Troms;3. mars;1 204,50
Bærum;Akershus;;88,00
Ålesund;Møre og Romsdal;1. juni;12,90
"""

FILES = (
    messy(
        "tovary_koi8.csv",
        SHOP_WITHOUT_QUOTES,
        table_of(SHOP_WITHOUT_QUOTES),
        "may",
        encoding="koi8-r",
    ),
    messy(
        "tovary_dos.csv",
        SHOP_WITHOUT_QUOTES,
        table_of(SHOP_WITHOUT_QUOTES),
        "may",
        encoding="cp866",
        line_end="\r\n",
    ),
    messy("tovary_windows.csv", SHOP, table_of(SHOP), "may", encoding="cp1251", line_end="\r\n"),
    messy("tovary_macintosh.csv", SHOP, table_of(SHOP), "may", encoding="mac-cyrillic"),
    messy("nevek.csv", HUNGARIAN, table_of(HUNGARIAN), "may", encoding="cp1250"),
    messy("nevek_latin2.csv", HUNGARIAN, table_of(HUNGARIAN), "may", encoding="iso-8859-2"),
    messy("hebrew.csv", HEBREW, table_of(HEBREW, ","), "may", encoding="cp1255"),
    messy("arabic.csv", ARABIC, table_of(ARABIC, ","), "may", encoding="cp1256"),
    messy("korean.csv", KOREAN, table_of(KOREAN, ","), "may", encoding="cp949"),
    messy("taiwanese.csv", TAIWANESE, table_of(TAIWANESE, ","), "may", encoding="big5"),
    messy(
        "shouhin.csv",
        JAPANESE,
        """\
コード¦商品名¦カナ¦単価¦備考
0001¦緑茶 500ml¦ﾘｮｸﾁｬ¦150¦表示
0002¦抹茶ソース¦ﾏｯﾁｬ¦480¦
0003¦能登の塩¦ﾉﾄ¦1,200¦予約
""",
        "may",
        encoding="cp932",
        line_end="\r\n",
    ),
    messy(
        "shouhin_euc.csv",
        JAPANESE.replace("ﾘｮｸﾁｬ", "").replace("ﾏｯﾁｬ", "").replace("ﾉﾄ", ""),
        """\
コード¦商品名¦カナ¦単価¦備考
0001¦緑茶 500ml¦¦150¦表示
0002¦抹茶ソース¦¦480¦
0003¦能登の塩¦¦1,200¦予約
""",
        "may",
        encoding="euc-jp",
    ),
    messy("baltic.csv", BALTIC, table_of(BALTIC), "may", encoding="cp1257"),
    messy("kommuner.csv", NORDIC, table_of(NORDIC), encoding="latin-1", line_end="\r\n"),
    messy("kommuner_dos.csv", NORDIC, table_of(NORDIC), "may", encoding="cp865"),
    messy("kommuner_utf16.csv", "\ufeff" + NORDIC, table_of(NORDIC), encoding="utf-16-be"),
    messy("tovary_utf32.csv", "\ufeff" + SHOP, table_of(SHOP), encoding="utf-32-le"),
)
