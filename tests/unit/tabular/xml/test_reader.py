"""XML: the element that is the record, its fields as columns, and every fault named."""

import json
import tracemalloc
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.tabular.files.source import BytesSource, FileUnreadable, PathSource
from app.tabular.options import FileFormat, ParsingOptions
from app.tabular.reading import columns_of, read
from app.tabular.recognising import recognise

CATALOG = """<?xml version="1.0"?>
<catalog xmlns="http://example.com/x" xmlns:p="http://example.com/p">
  <title>Books</title>
  <book id="1" xml:lang="en">
    <p:title>A <!-- not --> &amp; <?x y?>B</p:title>
    <price currency="EUR">5.00</price>
    <author><name>Ada</name><born>1815</born></author>
    <note/>
  </book>
  <book id="2"><p:title><![CDATA[<C>]]></p:title><tag>x</tag><tag>y</tag></book>
  <book id="3"><p:title>
      D
  </p:title><tag>z</tag></book>
</catalog>
"""


def recognised(text):
    return recognise(BytesSource(text if isinstance(text, bytes) else text.encode()))


def read_whole(text, options=None, **wishes):
    content = text if isinstance(text, bytes) else text.encode()
    options = options or recognised(content).options
    return list(read(BytesSource(content), options, **wishes))


def refusal_of(text, options=None):
    with pytest.raises(FileUnreadable) as refused:
        read_whole(text, options)
    return refused.value


def test_the_repeated_element_with_most_fields_is_the_record():
    recognition = recognised(CATALOG)

    assert recognition.options.format is FileFormat.XML
    assert recognition.options.record_path == "catalog/book"
    assert recognition.questions == ()
    assert [each.options.record_path for each in recognition.alternatives] == ["catalog/book/tag"]
    assert recognition.evidence[-1].sentence == (
        "“book” is repeated 3 times, with 9 fields, more than any other of 2 elements."
    )


def test_attributes_texts_and_children_are_columns():
    [batch] = read_whole(CATALOG)

    rows = batch.frame.to_dict("records")
    assert rows[0] == {
        "id": "1", "lang": "en", "title": "A  & B", "price": "5.00", "price.currency": "EUR",
        "author.name": "Ada", "author.born": "1815", "note": "", "tag": None,
    } | {"tag": rows[0]["tag"]}  # fmt: skip
    assert [row["title"] for row in rows] == ["A  & B", "<C>", "D"]
    assert [row["tag"] for row in rows[1:]] == ['["x", "y"]', '["z"]']
    assert batch.lines.tolist() == [4, 10, 11]
    assert batch.notes == ("Repeated elements “tag” are kept as JSON text.",)


def test_columns_are_fixed_by_name():
    [batch] = read_whole(CATALOG, columns=["id", "other"], keep_raws=True)

    assert batch.frame["id"].tolist() == ["1", "2", "3"]
    assert batch.missing_columns == ("other",)
    assert "price.currency" in batch.unexpected_columns
    assert batch.raws[1] == '<book id="2"><title>&lt;C&gt;</title><tag>x</tag><tag>y</tag></book>'


def test_repeated_children_with_fields_are_a_list_of_objects_and_nil_is_nothing():
    text = (
        '<o xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><c><i n="1">a</i></c>'
        '<c a="0"><i n="2">b</i><i><m>x</m></i></c><c a="1"><d xsi:nil="true"/></c></o>'
    )
    options = ParsingOptions(format=FileFormat.XML, record_path="o/c")
    [batch] = read_whole(text, options)

    lists = batch.frame["i"].tolist()[:2]
    assert [json.loads(each) for each in lists] == [
        [{"i": "a", "n": "1"}],
        [{"i": "b", "n": "2"}, {"m": "x"}],
    ]
    assert list(batch.frame.columns) == ["i", "a", "d"]
    assert batch.frame["d"].isna().all()


def test_a_childs_name_that_is_an_attributes_too_is_a_list():
    [batch] = read_whole('<a><r id="1"><id>2</id></r><r id="3"/></a>')

    assert batch.frame["id"].tolist() == ['["1", "2"]', '["3"]']


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", ""),
        ("utf-8-sig", "UTF-8"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("iso-8859-1", "ISO-8859-1"),
        ("cp1252", "windows-1252"),
        ("cp1251", "windows-1251"),
        ("gb18030", "GB2312"),
    ],
)
def test_declared_encodings_are_followed(encoding, declared):
    word = {"cp1251": "Анна", "gb18030": "中文"}.get(encoding, "Zoë")
    declaration = f'<?xml version="1.0" encoding="{declared}"?>\n' if declared else ""
    text = f"{declaration}<a><r><n>{word}</n></r><r><n>x</n></r></a>"

    [batch] = read_whole(text.encode(encoding))

    assert batch.frame["n"].tolist() == [word, "x"]
    assert recognised(text.encode(encoding)).questions == ()


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("<a><b>1</b>\n<b>2</c></a>", "bad_syntax", 2),
        ("<a><b>1</b><b>2</b>", "bad_syntax", 1),
        ("<a><b>&nbsp;</b><b>2</b></a>", "bad_syntax", 1),
        ("<a><b>1</b></a><c/>", "bad_syntax", 1),
        (
            '<?xml version="1.0"?>\n<!DOCTYPE a [<!ENTITY b "c">]><a><b/><b/></a>',
            "forbidden_xml",
            2,
        ),
        ("<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a><b/><b/></a>", "forbidden_xml", 1),
        ("<a><b>1</b><c>2</c></a>", "no_records", 1),
        ("<?xml version='1.0'?>", "bad_syntax", 1),
        ("<?xml version='1.0'?>" + "<a>" * 10_000, "too_deep", 1),
        ("<?xml version='1.0'?><a b='" + "x" * 17_000_000, "field_too_long", 1),
        ("<html><body/></html>", "not_recognised", None),
        ("<?xml version='1.0'?><!DOCTYPE html PUBLIC 'x' 'y'><html/>", "not_recognised", None),
        ("<svg xmlns='x'><g/><g/></svg>", "not_recognised", None),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_reason(text, code, line):
    refusal = refusal_of(text)

    assert (refusal.code, refusal.line) == (code, line)


def test_broken_xml_is_named_with_its_sign():
    assert refusal_of("<a><b>1</b>\n<b>2</c></a>").column == "7"


def test_a_path_without_elements_is_refused():
    options = ParsingOptions(format=FileFormat.XML, record_path="a/c")

    assert refusal_of("<a><b/></a>", options).code == "no_records"


@pytest.mark.parametrize(
    "text", ["<rows></rows>", "<rows/>", '<rows count="0"> <!-- none --> </rows>']
)
def test_a_place_for_records_with_nothing_in_it_is_a_file_of_none(text):
    options = ParsingOptions(format=FileFormat.XML, record_path="rows/row")
    source = BytesSource(text.encode())

    (batch,) = read(source, options)

    assert columns_of(source, options).names == ()
    assert len(batch.lines) == 0


@pytest.mark.parametrize(
    "text", ["<rows><item/></rows>", "<other/>", "<rows><item><row/></item></rows>"]
)
def test_a_place_for_records_with_others_in_it_is_refused(text):
    options = ParsingOptions(format=FileFormat.XML, record_path="rows/row")

    with pytest.raises(FileUnreadable) as refused:
        columns_of(BytesSource(text.encode()), options)
    assert refused.value.code == "no_records"


def test_text_that_only_begins_with_a_bracket_is_a_table():
    assert recognised("<5,>3\n1,2\n3,4\n").options.format is FileFormat.DELIMITED


def test_a_large_file_is_read_in_little_memory(tmp_path):
    path = tmp_path / "large.xml"
    with path.open("w") as file:
        file.write("<a><skipped>")
        file.writelines(f"<n>{number}</n>\n" for number in range(50_000))
        file.write("</skipped>")
        file.writelines(f"<r><n>{number}</n><t>{'x' * 50}</t></r>\n" for number in range(50_000))
        file.write("</a>")
    options = ParsingOptions(format=FileFormat.XML, record_path="a/r")
    tracemalloc.start()

    count = sum(len(batch.frame) for batch in read(PathSource(path), options, rows_per_batch=2_000))

    assert count == 50_000
    assert tracemalloc.get_traced_memory()[1] < 15_000_000
    tracemalloc.stop()


PIECES = st.sampled_from(
    ["<a>", "</a>", "<b x='1'>", "</b>", "<b/>", "<c:d/>", "t", "&amp;", "<!-- -->", "<![CDATA[",
     "]]>", "<?xml version='1.0'?>", "<!DOCTYPE a>", "\n", "é", "\0"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=12).map("".join))
def test_any_markup_is_read_or_refused_with_a_sentence(text):
    with suppress(FileUnreadable):
        content = f"<a>{text}</a>".encode()
        options = recognised(content).options
        columns_of(BytesSource(content), options)
        read_whole(content, options)


@given(st.data())
def test_any_damage_is_read_or_refused_with_a_sentence(data):
    content = bytearray(CATALOG.encode())
    for _ in range(data.draw(st.integers(1, 3))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))

    with suppress(FileUnreadable):
        read_whole(bytes(content))
