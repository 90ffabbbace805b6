"""Rows that are long texts, or end in nothing, may be those of a table all the same."""

import pytest

from app.tabular.files.source import BytesSource
from app.tabular.reading import columns_of
from app.tabular.recognising import recognise


@pytest.mark.parametrize(
    ("text", "delimiter", "width"),
    [
        (
            "Hello!\tHallo!\tCC-BY #53 (CM)\nGo, he said.\tGeh, sagte er.\tCC-BY #4 (Zifre)\n"
            "What's that?\tWas ist das?\tCC-BY #12 (x)\nSay it.\tSag es.\tCC-BY #9 (y)\n",
            "\t",
            3,
        ),
        (
            "L1 +++$+++ u0 +++$+++ They do not!\nL2 +++$+++ u2 +++$+++ They do to; so there.\n"
            "L3 +++$+++ u0 +++$+++ I hope so.\nL4 +++$+++ u2 +++$+++ She's okay -- isn't she?\n",
            "+++$+++",
            3,
        ),
        (
            "# made by: a, b\n# ---\n# - {name: star}\n# - {name: mag}\n# end, or not\n# x\n"
            'star mag seen\n"Alpha Cen" -0.27 True\nSirius -1.46 True\n"Rho Leo" 9.5 False\n',
            " ",
            3,
        ),
        (
            "ab1|Ana|2023-03-01|Fix the | in titles\nab2|Bo|2023-02-28|Add tests\n"
            "ab3|Cy|2023-02-28|Revert\nab4|Di|2023-02-27|Initial commit\n",
            "|",
            5,
        ),
    ],
)
def test_cells_of_whole_sentences_are_cells_where_one_sign_parts_all_lines(text, delimiter, width):
    source = BytesSource(text.encode())

    found = recognise(source)

    assert found.options.delimiter == delimiter
    assert len(columns_of(source, found.options).names) == width


def test_rows_that_end_in_empty_cells_are_no_sentences():
    text = (
        "GIFTS,,,\nMinister,Date,Gift,From\nA. Ames MP,Nil,,\n"
        "B. Boyd MP,April,Rug,Club\nC. Cole,Nil,,\n"
    )

    found = recognise(BytesSource(text.encode()))

    assert found.confidence > 0
    assert found.options.skipped_rows == 1


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("question|answer\nWho?|Ada, until nine.\nWhy?|\nWhen?|At nine.\nHow?|By boat.\n", "|"),
        ("name;note\nAda;Comes late, always.\nBo;Never comes.\nCy;Asked for a boat.\n", ";"),
        ('a,b\n"Who?","Ada, at nine."\n"Why?","Nobody knows."\n"How?","By boat."\n', ","),
    ],
)
def test_one_sign_in_all_lines_parts_sentences(text, delimiter):
    found = recognise(BytesSource(text.encode()))

    assert found.options.delimiter == delimiter
    assert found.options.header_rows == 1
    assert found.questions == ()


@pytest.mark.parametrize(
    "text",
    [
        "He came; she left.\nThe boat sank; nobody saw.\nIt rained; we slept.\nIt ended; so.\n",
        "Use ls | grep x.\nUse cat | wc -l to count.\nUse ps | head.\nUse du | sort it.\n",
        "a{color:red;margin:0}\nb{color:blue;margin:1}\nc{width:3;x:2}\nd{x:y;z:w}\n",
        "for(i=0;i<n;i++)\nfor(j=0;j<n;j++)\nfor(k=0;k<n;k++)\nfor(l=0;l<n;l++)\n",
        '"Never," he said.\n"Always," she said, and left.\n"Why," I asked.\n"Go," they cried.\n',
    ],
)
def test_signs_of_sentences_and_source_code_part_nothing(text):
    assert recognise(BytesSource(text.encode())).confidence == 0


def test_rows_of_values_below_odd_lines_are_asked_about():
    text = (
        "Walked path\nWGS 84\nFeet\nReserved 3\n0,2,255,My Track,0,0,2,8421376\n0\n"
        "39.9066,116.3855,0,492,39745.09,2008-10-24,02:09:59\n"
        "39.9065,116.3856,0,492,39745.09,2008-10-24,02:10:04\n"
    )

    found = recognise(BytesSource(text.encode()))

    assert found.confidence > 0
    assert "delimiter" in found.questions


def test_rows_of_uneven_width_are_not_parted_by_a_sign_of_all_lines():
    text = "id;text\n1;salt &amp; pepper\n2;this &lt; that\n3;you &amp; me\n"

    assert "delimiter" in recognise(BytesSource(text.encode())).questions
