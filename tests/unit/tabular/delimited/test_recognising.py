"""Messy text, as real files have it: the table a person would see is the table that is read."""

from dataclasses import replace

import pytest

from app.tabular.files.source import BytesSource
from app.tabular.options import FileFormat
from app.tabular.reading import columns_of, read
from app.tabular.recognising import recognise

WORLD_BANK = (
    '"Data Source","Indicators",\n\n"Last Updated","2020-07-01",\n\n'
    '"Country Name","Code","Series","1960","1961",\n"Aruba","ABW","Total, all","54211","55438",\n'
    '"Angola","AGO","Total, all","5454933","5531472",\n"Albania","ALB","Total, all","","1659800",\n'
)
STATEMENT = (
    '"Kontonummer:";"DE12 3456";\n\n"Von:";"01.01.2024";\n"Kontostand:";"1.234,56 EUR";\n\n'
    '"Tag";"Text";"Betrag";\n"31.01.2024";"Miete; Januar";"-750,00";\n'
    '"30.01.2024";"Gehalt";"2.500,00";\n"29.01.2024";"Kauf";"-12,99";\n'
)
OFFICE = (
    "Table 1. People by region;;;\nPersons;;;\n;;;\nRegion;Men;Women;All\n"
    "North;1 234;1 345;2 579\nSouth;2 234;2 345;4 579\n;;;\nSource: Office;;;\n1) provisional;;;\n"
)
PSQL = " id | name | city\n----+------+------\n  1 | Ann  | Oslo\n  2 | Bob  | Rome\n(2 rows)\n"
MYSQL = "+----+-----+\n| id | who |\n+----+-----+\n|  1 | Ann |\n|  2 | Bob |\n+----+-----+\n"
FIXED = (
    "ID    NAME            CITY        AMOUNT\n0001  Anna Smith      New York      12.50\n"
    "0002  Bob             Oslo         103.00\n0003  Christopher Lee                1.25\n"
    "0004  Eve Obi         Abuja          3.00\n0005  Fay             Lyon          14.00\n"
    "0006  Gus Roe         Den Haag      22.10\n0007  Hal             Rome        1004.75\n"
    "0008  Ida Ek                         0.50\n0009  Jo              Bonn          99.99\n"
)
CARS = (
    '18.0   8   307.0   3504.   70  1\t"chevrolet chevelle"\n'
    '15.0   8   350.0   3693.   70  1\t"buick skylark 320"\n'
    '16.0   8   304.0   3433.   70  1\t"amc rebel sst"\n'
)
TWO_HEADERS = ",2019,,2020,\nregion,a,b,a,b\nnorth,1,2,3,4\nsouth,5,6,7,8\n"
LETTER = "Dear all,\n\nplease find the numbers,\n\nid,qty\n1,2\n2,3\n\nBest,\nBob\n"
TABLES = {
    "preamble": (WORLD_BANK, "Country Name|Code|Series|1960|1961", 3),
    "bank statement": (STATEMENT, "Tag|Text|Betrag", 3),
    "titles and notes": (OFFICE, "Region|Men|Women|All", 2),
    "borders of psql": (PSQL, "id|name|city", 2),
    "borders of mysql": (MYSQL, "id|who", 2),
    "markdown": ("| id | who |\n|----|-----|\n| 1 | Ann |\n| 2 | Bob |\n", "id|who", 2),
    "fixed width": (FIXED, "ID|NAME|CITY|AMOUNT", 9),
    "runs of spaces": ("name   age   city\nAnn   33   Oslo\nBob   4   New York\n",
                       "name|age|city", 2),
    "spaces, tab, quotes": (CARS, "|".join(f"column_{n}" for n in range(1, 8)), 3),
    "padded": ("id ; name ; city\n1 ; Anna ; Oslo\n2 ; Bob Lee ; Rome\n", "id|name|city", 2),
    "two characters": ("1::2::3.5\n1::3::4.0\n2::5::3.0\n", "column_1|column_2|column_3", 3),
    "names of rows": ('"mpg","cyl"\n"Mazda",21,6\n"Datsun",22.8,4\n', "column_1|mpg|cyl", 2),
    "trailing delimiter": ("a;b;c;\n1;2;3;\n4;5;6;\n", "a|b|c", 2),
    "trailing in rows": ("a,b,c\n1,2,3,\n4,5,6,\n", "a|b|c", 2),
    "empty first column": (",id,name\n,1,a\n,2,b\n", "id|name", 2),
    "comments": ("# made by X\nid,name\n1,a\n# inner\n2,b\n", "id|name", 2),
    "hash in header": ("##v=4\n#CHROM\tPOS\n1\t100\n1\t200\n", "#CHROM|POS", 2),
    "declared": ("sep=;\nid;name\n1;Anna, Oslo\n2;Bob, Rome\n", "id|name", 2),
    "old Mac": ("id,name\r1,Anna\r2,Bob\r", "id|name", 2),
    "years": ("Country,2019,2020\nNorway,1,2\nSweden,4,5\n", "Country|2019|2020", 2),
    "dates": ("s,2024-01-01,2024-01-02,2024-01-03\nA,1,2,3\nB,4,5,6\n",
              "s|2024-01-01|2024-01-02|2024-01-03", 2),
    "nameless": ("Anna,Oslo,NO\nBob,Bergen,NO\nCid,Paris,FR\nDan,Lyon,FR\nEva,Rome,IT\nFay,Oslo,NO",
                  "column_1|column_2|column_3", 6),
    "blank lines": ("id,name\n\n1,a\n\n2,b\n\n3,c\n", "id|name", 3),
    "accounts": ("root:x:0:root:/root\ndaemon:x:1:daemon:/usr/sbin\nbin:x:2:bin:/bin\n",
                 "|".join(f"column_{n}" for n in range(1, 6)), 3),
    "table in a letter": (LETTER, "id|qty", 2),
    "open quote": ('id\ttext\n1\tsaid "hi"\n2\t"open\n3\tfine\n', "id|text", 3),
    "inches": ('id,size,who\n1,5" pipe,x\n2,6" pipe,y\n', "id|size|who", 2),
    "JSON in cells": ('id|load\n1|{"a": 1, "b": 2}\n2|{"a": 3, "b": 4}\n', "id|load", 2),
    "note below": ("id,name,qty\n1,a,2\n2,b,3\nSource: Ministry, 2024\n", "id|name|qty", 2),
}  # fmt: skip
OPEN = {
    "second table": ("id,name,qty\n1,a,2\n2,b,3\n3,c,4\n\nregion,sum\nnorth,5\nsouth,6\n",
                     "footer_rows"),
    "total": ("name,clicks,cost\nBrand,10,1.20\nGeneric,20,3.40\nTotal,30,4.60\n", "footer_rows"),
    "header over two rows": (TWO_HEADERS, "header_rows"),
    "all text": ("alpha,beta\nfoo,bar\nbaz,qux\n", "header_rows"),
    "header again": ("id,name\n1,a\n2,b\nid,name\n3,c\n4,d\n", "header_rows"),
    "long rows": ("id,name,note\n1,a,x\n2,b\n3,c,y,EXTRA\n4,d,z\n", "column_count"),
    "one column": ("email\na@b.com\nc@d.org\n", "delimiter"),
    "few lines of fixed width": ("Name            Age City\nAnna Smith       33 Oslo\n"
                                 "Bob Lee           4 New York\nEva Brown       105 Rome\n",
                                 "delimiter"),
    "two delimiters": ("id,name,qty\n1;a;2\n2;b;3\n3;c;4\n", "header_rows"),
    "keys in rows": ("name,Bob\nage,33\ncity,Oslo\n", "header_rows"),
    "rows without their end": ("id,name,note,more\n1,a\n2,b,x\n3,c\n4,d,y,z\n5,e\n", "delimiter"),
    "keys and values": ("name: Bob\nage: 33\ncity: Oslo\n", "delimiter"),
}  # fmt: skip
NO_TABLES = {
    "prose": "This is a letter, and it has commas.\nIt goes on, and on.\nKind regards, me.\n",
    "log": (
        "2024-01-01 10:00:00 INFO Starting up server on port 80\n"
        "2024-01-01 10:00:01 WARN Could not find file: foo.txt, ignoring\n"
        "2024-01-01 10:00:05 ERROR Something broke\n"
    ),
    "program": "import os\n\ndef main(a, b):\n    return a, b\n\nif x == 'y':\n    main(1, 2)\n",
    "statements": "INSERT INTO t (a, b) VALUES (1, 'x');\nINSERT INTO t (a, b) VALUES (2, 'y');\n",
    "readme": "# Title\n\nThis is it. It does things:\n\n- one, two\n- three, four\n\nEnjoy.\n",
}


def table_of(content: str):
    source = BytesSource(content.encode())
    options = replace(recognise(source).options, keeps_long_rows=True)
    batches = list(read(source, options))
    assert not any(batch.bad_rows for batch in batches)
    return columns_of(source, options).names, sum(len(batch.frame) for batch in batches)


@pytest.mark.parametrize("name", TABLES)
def test_a_messy_file_is_read_without_a_question(name):
    content, header, row_count = TABLES[name]

    recognition = recognise(BytesSource(content.encode()))

    assert ("|".join(table_of(content)[0]), table_of(content)[1]) == (header, row_count)
    assert recognition.questions == ()


@pytest.mark.parametrize("name", OPEN)
def test_what_only_a_person_knows_is_asked(name):
    content, question = OPEN[name]

    recognition = recognise(BytesSource(content.encode()))

    assert recognition.is_recognised
    assert question in recognition.questions


@pytest.mark.parametrize("name", NO_TABLES)
def test_text_that_is_no_table_is_not_recognised(name):
    assert not recognise(BytesSource(NO_TABLES[name].encode())).is_recognised


def test_a_header_over_two_rows_joins_the_names():
    assert table_of(TWO_HEADERS)[0] == ("region", "2019 a", "2019 b", "2020 a", "2020 b")


def test_lines_left_out_are_shown_and_can_be_taken_back_by_one_click():
    recognition = recognise(BytesSource(OFFICE.encode()))
    said = {each.option: each.sentence for each in recognition.evidence}

    assert "“Table 1. People by region;;;”" in said["skipped_rows"]
    assert "“Source: Office”" in said["footer_rows"]
    assert {each.options.footer_rows for each in recognition.alternatives} == {0, 3}


def test_another_way_to_read_a_file_is_offered_with_what_it_gives():
    recognition = recognise(BytesSource(FIXED.encode()))

    assert recognition.options.format is FileFormat.FIXED
    assert any("run of two spaces" in each.sentence for each in recognition.alternatives)


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        (
            "unit,sex,geo\\time\t2019 \t2020\nPC,T,AT\t4.8 \t6.0 e\nPC,F,BE\t5.1 b\t: \n"
            "PC,M,DE\t4.0 \t3.9 \n",
            "\t",
        ),
        ("id,\tname,\ttown\n1,\tAda,\tYork\n2,\tBo,\tHull\n3,\tCy,\tRipon\n", ",\t"),
    ],
)
def test_a_tab_in_every_row_parts_cells_before_other_signs(text, delimiter):
    found = recognise(BytesSource(text.encode()))

    assert (found.options.delimiter, found.questions) == (delimiter, ())


@pytest.mark.parametrize(
    "text",
    [
        "Date,Close,Sum\nJan 4, 2021,12.5,1\nJan 5, 2021,12.6,2\nJan 6, 2021,12.4,3\n",
        "id,name,town;\n1,Ada,York;\n2,Bo,Hull;\n3,Cy,Ripon;\n",
        '10.0.0.1 - [01/Mar/2023:10:00 +0100] "GET /" 200\n'
        '10.0.0.2 - [01/Mar/2023:10:01 +0100] "GET /a" 404\n'
        '10.0.0.3 - [02/Mar/2023:10:02 +0100] "POST /b" 200\n',
    ],
)
def test_signs_left_in_all_rows_are_asked_about(text):
    assert "delimiter" in recognise(BytesSource(text.encode())).questions


@pytest.mark.parametrize(
    "text",
    [
        "#Version: 1.0\n#Fields: date x-edge bytes\n2023-03-01\tLHR5\t12\n2023-03-02\tOSL5\t88\n",
        "# packages in environment at /opt/env:\n#\n# Name          Version     Build\n"
        "blas            1.0         mkl\ncertificates    2023.7.22   hbc4\n"
        "numpy           1.25.2      py311\npython          3.11.4      h95\n",
    ],
)
def test_names_in_a_comment_are_asked_about(text):
    assert "header_rows" in recognise(BytesSource(text.encode())).questions


def test_what_is_written_across_columns_is_left_out_below_them():
    text = (
        "\nDEPTNO DEPTNAME          MGRNO\n------ ----------------- ------\n"
        "A00    SPIFFY DIV.       000010\nB01    PLANNING          000020\n"
        "D01    DEVELOPMENT       -\n\n  3 record(s) selected.\n\n"
    )

    found = recognise(BytesSource(text.encode()))

    assert (found.options.column_starts, found.options.footer_rows) == ((0, 7, 25), 3)


def test_a_border_sign_within_a_cell_of_a_bordered_listing_is_asked_about():
    text = "|Id|Text    |Sum|\n|1 |Coffee  |2  |\n|2 |Rent |a |3  |\n|3 |Tea     |4  |\n"

    assert "column_count" in recognise(BytesSource(text.encode())).questions


def test_a_comment_that_names_as_many_columns_speaks_for_their_delimiter():
    text = (
        "#Version: 1.0\n#Fields: date time ip method code\n"
        "2023-03-01 00:00:02 10.0.0.4 GET 200\n2023-03-01 00:00:09 10.0.0.4 GET 304\n"
        "2023-03-01 00:02:44 10.0.0.4 POST 500\n"
    )

    assert recognise(BytesSource(text.encode())).options.delimiter == " "


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("From: a@x.example\nTo: b@y.example\nSubject: Hi, you\nDate: Wed, 1 Mar\n\nHello,\n\n"
         "this is it.\n", "delimiter"),
        ("H|20230301|SRC\nD|1|Ann|2.5|x\nD|2|Bo|3.5|y\nD|3|Cy|4.5|z\nT|3\n", "header_rows"),
    ],
)  # fmt: skip
def test_a_part_of_the_lines_and_a_first_row_of_its_own_are_asked_about(text, question):
    assert question in recognise(BytesSource(text.encode())).questions
