"""XML whose elements are called cells or fields: rows with names, and asked about."""

import pytest

from app.tabular.files.source import BytesSource
from app.tabular.options import FileFormat, ParsingOptions
from app.tabular.recognising import recognise
from app.tabular.xml.paths import XmlPath
from tests.unit.tabular.tables import table_in

SHEET = """<Book xmlns:ss="urn:x"><Sheet ss:Name="a"><Table>
<Row><Cell><Data ss:Type="S">ship</Data></Cell><Cell><Data ss:Type="S">tons</Data></Cell></Row>
<Row><Cell><Data ss:Type="S">Aurora</Data></Cell><Cell><Data ss:Type="N">12</Data></Cell></Row>
<Row><Cell ss:Index="2"><Data ss:Type="N">88</Data></Cell></Row>
<Row><Cell><Data ss:Type="S">Cetus</Data></Cell><Cell><Data ss:Type="N">7</Data></Cell></Row>
</Table></Sheet></Book>"""
NAMED = (
    '<data><r no="1"><f name="ship">Aurora</f><f name="tons">12</f></r>'
    '<r no="2"><f name="ship">Bris</f></r>'
    '<r no="3"><f name="tons">7</f><f name="ship">Cetus</f><f name="home">Oslo</f></r></data>'
)
ANSWER = (
    '<result><doc><str name="ship">Aurora</str><str name="home">Oslo</str><int name="tons">1</int>'
    '<arr name="tags"><str>a</str></arr></doc><doc><str name="ship">Bris</str>'
    '<str name="home"/><int name="tons">2</int></doc></result>'
)


def source_of(text):
    return BytesSource(text.encode())


def table_of(text, options=None):
    return table_in(source_of(text), options)


@pytest.mark.parametrize(
    ("text", "path", "names", "rows"),
    [
        (
            SHEET,
            "Book/Sheet/Table/Row[]",
            ("ship", "tons"),
            [["Aurora", "12"], [None, "88"], ["Cetus", "7"]],
        ),
        (
            NAMED,
            "data/r[@name]",
            ("no", "ship", "tons", "home"),
            [["1", "Aurora", "12", None], ["2", "Bris", None, None], ["3", "Cetus", "7", "Oslo"]],
        ),
        (
            ANSWER,
            "result/doc[@name]",
            ("ship", "home", "tons", "tags"),
            [["Aurora", "Oslo", "1", "a"], ["Bris", "", "2", None]],
        ),
        (
            "<t><r><th>a</th><th>b</th></r><r><td>1</td><td>2</td></r><r><td>3</td><td/></r></t>",
            "t/r[]",
            ("a", "b"),
            [["1", "2"], ["3", ""]],
        ),
        (
            '<t><r><c v="1"/><c v="2"/></r><r><c v="3"/><c v="4"/></r></t>',
            "t/r[]",
            ("column_1", "column_2"),
            [["1", "2"], ["3", "4"]],
        ),
    ],
)
def test_elements_that_are_only_cells_make_rows_and_are_asked_about(text, path, names, rows):
    recognition = recognise(source_of(text))

    assert recognition.options.record_path == path
    assert recognition.questions == ("record_path",)
    assert table_of(text) == (names, rows)


def test_cells_that_go_beyond_the_names_are_kept():
    options = ParsingOptions(format=FileFormat.XML, record_path="t/r[]")
    text = "<t><r><c>a</c></r><r><c>1</c><c><b>2</b><b>3</b></c></r></t>"

    assert table_of(text, options) == (("a", "column_2"), [["1", '{"b": ["2", "3"]}']])


@pytest.mark.parametrize(
    "text",
    [
        "<o><r><id>1</id><tag>x</tag><tag>y</tag></r><r><id>2</id><tag>z</tag></r></o>",
        '<o><r id="1"><t k="a" v="b"/><t k="c" v="d"/></r><r id="2"/><r id="3"/><r id="4"/></o>',
        '<g><s><p x="1"><e>1</e></p><p x="2"><e>2</e></p></s><s><p x="3"><e>3</e></p></s></g>',
        "<a><n>1</n><n>2</n></a>",
        '<t><s><p x="1" y="6"><e>1</e></p><p x="2" y="7"><e>2</e></p></s>'
        '<s><p x="3" y="8"><e>3</e></p><p x="4" y="9"><e>3</e></p></s></t>',
        '<t><s><p at="b1">1</p><p at="b2">2</p></s><s><p at="b3">2</p></s></t>',
    ],
)
def test_fields_that_have_names_of_their_own_are_no_cells(text):
    assert "[" not in recognise(source_of(text)).options.record_path


@pytest.mark.parametrize(
    "text",
    [
        "<a><p>One <b>two</b> three.</p><p>Four.</p><p>Five <b>six</b></p></a>",
        "<a><w>one</w><w>two</w><w>three</w></a>",
        '<a><info at="1">x</info><info at="2">y</info><error at="3">z</error></a>',
    ],
)
def test_texts_and_elements_of_other_names_alike_are_asked_about(text):
    assert recognise(source_of(text)).questions == ("record_path",)


def test_values_in_two_attributes_are_fields_and_what_is_around_them_is_asked_about():
    seen = '<o t="2020" v="1"/><o t="2021" v="2"/>'
    text = f'<d><s of="A">{seen}</s><s of="B">{seen}</s></d>'

    recognition = recognise(source_of(text))

    assert recognition.options.record_path == "d/s/o"
    assert recognition.questions == ("record_path",)
    assert table_of(text) == (("t", "v"), [["2020", "1"], ["2021", "2"]] * 2)


def test_the_attribute_with_the_fewest_words_names_the_cells():
    rows = "".join(f'<r><p a="x{n}" k="ship"/><p a="y{n}" k="home"/></r>' for n in range(4))

    assert table_of(f"<t>{rows}</t>")[0] == ("ship", "home")


def test_elements_inside_others_that_have_fields_too_are_asked_about():
    lines = "<line><sku>x</sku><qty>1</qty><price>2</price></line>" * 5
    text = f'<o><order id="1">{lines}</order><order id="2">{lines}</order></o>'

    recognition = recognise(source_of(text))

    assert recognition.options.record_path == "o/order/line"
    assert recognition.questions == ("record_path",)


@pytest.mark.parametrize("path", ["a/b", "a/b[]", "a/b[@c]"])
def test_every_path_is_written_as_it_was_read(path):
    assert str(XmlPath.of(path)) == path
