"""Tables drawn for the eye: what database shells, documents and terminals print."""

from tests.corpus.messy import messy

CITIES = "id¦city¦people\n7¦Bergen¦285911\n8¦Oslo¦697549\n9¦Mo i Rana¦\n"

FILES = (
    messy(
        "psql.txt",
        """\
 id |   city    | people
----+-----------+--------
  7 | Bergen    | 285911
  8 | Oslo      | 697549
  9 | Mo i Rana |
(3 rows)

""",
        CITIES,
    ),
    messy(
        "mysql.txt",
        """\
+----+-----------+--------+
| id | city      | people |
+----+-----------+--------+
|  7 | Bergen    | 285911 |
|  8 | Oslo      | 697549 |
|  9 | Mo i Rana |        |
+----+-----------+--------+
3 rows in set (0.00 sec)
""",
        CITIES,
    ),
    messy(
        "markdown_table.md",
        """\
| id | city | people |
|---:|:-----|-------:|
| 7 | Bergen | 285911 |
| 8 | Oslo | 697549 |
| 9 | Mo i Rana | |
""",
        CITIES,
    ),
    messy(
        "org_table.txt",
        """\
| id | city      | people |
|----+-----------+--------|
|  7 | Bergen    | 285911 |
|  8 | Oslo      | 697549 |
|  9 | Mo i Rana |        |
""",
        CITIES,
    ),
    messy(
        "restructured_table.rst",
        """\
==  =========  ======
id  city       people
==  =========  ======
7   Bergen     285911
8   Oslo       697549
9   Mo i Rana
==  =========  ======
""",
        CITIES,
        "may",
    ),
    messy(
        "server_shell.txt",
        """\
id          city                 people
----------- -------------------- -----------
          7 Bergen                    285911
          8 Oslo                      697549
          9 Mo i Rana

(3 rows affected)
""",
        CITIES,
        "may",
    ),
    messy(
        "box_drawing.txt",
        """\
┌────┬───────────┬────────┐
│ id │ city      │ people │
├────┼───────────┼────────┤
│ 7  │ Bergen    │ 285911 │
│ 8  │ Oslo      │ 697549 │
│ 9  │ Mo i Rana │        │
└────┴───────────┴────────┘
""",
        CITIES,
        "may",
    ),
)
