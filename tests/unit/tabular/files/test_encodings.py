"""The encoding of tables with a few accents: right, or asked for, but never wrong in silence."""

import pytest

from app.tabular.files.encodings import found_encoding
from app.tabular.files.source import BytesSource

SURE = 0.7
WORDS = {
    "French": ("Hélène Dupré", "François", "Besançon", "Côté", "Noël"),
    "German": ("Jürgen Groß", "Köln", "Bäcker", "München", "Düsseldorf"),
    "Spanish": ("José Núñez", "Málaga", "Ángel", "Coruña"),
    "Portuguese": ("João", "São Paulo", "Conceição", "Évora"),
    "Norwegian": ("Åse Bjørn", "Tromsø", "Ærlig", "Ålesund"),
    "Swedish": ("Göran Åkesson", "Malmö", "Örebro", "Hägersten"),
    "signs": ("£20", "10–20", "“quoted”", "12 °C", "it’s"),
    "Polish": ("Łukasz", "Gdańsk", "Wrocław", "Święta", "Żółw", "Kraków"),
    "Czech": ("Dvořák", "Plzeň", "Žižka", "Černý", "Říčany", "Město"),
    "Hungarian": ("Győr", "Szűcs", "Kőszeg", "Pécs", "Szabó"),
    "Romanian": ("Brăila", "Iaşi", "Bucureşti", "Târgu", "Constanţa"),
    "Russian": ("Москва", "Иванов", "Санкт-Петербург", "ООО Ромашка"),
    "Ukrainian": ("Київ", "Львів", "Їжак"),
    "Greek": ("Αθήνα", "Παπαδόπουλος", "Θεσσαλονίκη"),
    "Turkish": ("İstanbul", "Şahin", "Çağlar", "Eskişehir", "Kadıköy"),
}
WESTERN = ("French", "German", "Spanish", "Portuguese", "Norwegian", "Swedish", "signs")
WRITTEN_IN = {
    "cp1252": WESTERN,
    "mac-roman": WESTERN,
    "cp850": ("French", "German", "Spanish", "Swedish"),
    "cp437": ("French", "German", "Swedish"),
    "cp1250": ("Polish", "Czech", "Hungarian", "Romanian"),
    "iso-8859-2": ("Polish", "Czech", "Hungarian"),
    "cp852": ("Polish", "Czech"),
    "cp1251": ("Russian", "Ukrainian"),
    "koi8-r": ("Russian",),
    "cp866": ("Russian",),
    "iso-8859-5": ("Russian",),
    "cp1253": ("Greek",),
    "cp1254": ("Turkish",),
}
CASES = [(encoding, language) for encoding, each in WRITTEN_IN.items() for language in each]
# Common encodings, where a handful of words must be enough.
KNOWN = [("cp1252", each) for each in WESTERN]
KNOWN += [("cp1250", "Polish"), ("cp1250", "Czech"), ("cp1251", "Russian"), ("cp1253", "Greek")]
KNOWN += [("koi8-r", "Russian"), ("cp866", "Russian"), ("mac-roman", "French")]


def table(words) -> str:
    rows = (f"{row},{words[row % len(words)]},{row * 3}\n" for row in range(12))
    return "id,name,points\n" + "".join(rows) + "99,plain words here,1\n"


@pytest.mark.parametrize(("encoding", "language"), CASES)
def test_an_encoding_is_never_wrong_without_a_question(encoding, language):
    for count in range(1, len(WORDS[language]) + 1):
        text = table(WORDS[language][:count])

        found = found_encoding(BytesSource(text.encode(encoding)))

        is_right = text.encode(encoding).decode(found.encoding, "replace") == text
        assert is_right or found.confidence < SURE, (count, found.sentence)


@pytest.mark.parametrize(("encoding", "language"), KNOWN)
def test_a_few_words_are_enough_for_what_is_common(encoding, language):
    content = table(WORDS[language]).encode(encoding)

    found = found_encoding(BytesSource(content))

    assert content.decode(found.encoding) == table(WORDS[language])
    assert found.confidence >= SURE


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_wide_text_is_told_by_its_mark_or_its_zeros(encoding, mark):
    content = (mark + table(WORDS["Polish"]) * 9_000).encode(encoding)

    found = found_encoding(BytesSource(content))

    assert found.encoding == encoding
    assert found.tail.decode(encoding).endswith("plain words here,1\n")


@pytest.mark.parametrize(
    ("encoding", "words"),
    [("cp932", ("東京", "さくら", "ラーメン")), ("gb18030", ("北京", "上海市", "李明"))]
    + [("cp949", ("서울", "부산", "김철수"))],
)
def test_east_asian_text_is_proposed_and_asked_for(encoding, words):
    content = table(words).encode(encoding)

    found = found_encoding(BytesSource(content))

    assert content.decode(found.encoding) == table(words)
    assert found.confidence < SURE


def test_utf8_with_one_broken_byte_is_told_with_its_place():
    text = "id,name\n" + "".join(f"{row},Zoë Müller\n" for row in range(2_000))
    content = text.encode() + b"2000,Zo\xeb\n2001,end\n"

    found = found_encoding(BytesSource(content))

    assert found.confidence < SURE
    assert f"byte {content.index(0xEB, len(text.encode())):,}, on line 2,002" in found.sentence


def test_the_two_ends_of_a_file_never_overlap():
    for size in (10, 255_999, 256_000, 256_001, 270_000, 300_001, 400_000):
        content = bytes(97 + place % 26 for place in range(size))

        found = found_encoding(BytesSource(content))

        assert content.startswith(found.head)
        assert content.endswith(found.tail)
        assert len(found.head) + len(found.tail) <= size
