"""Documents of every trade whose lines look regular, and that hold no table."""

from tests.corpus.messy import Messy, messy, refused

CARDS = """\
BEGIN:VCARD
VERSION:3.0
N:Sousa;Ana;;;
FN:Ana Sousa
TEL;TYPE=CELL:+351 21 000 00 01
ADR;TYPE=HOME:;;Rua Nova 12;Lisboa;;1100-001;Portugal
END:VCARD
BEGIN:VCARD
VERSION:3.0
N:Ek;Bo;;;
FN:Bo Ek
END:VCARD
"""
SETTINGS = """\
; made by hand
[server]
host = 0.0.0.0
port = 8080
names = a, b, c

[paths]
data = /srv/data
log = /var/log/app.log
"""
PROJECT = """\
[project]
name = "tidelog"
version = "2.3.1"
dependencies = ["flask>=3", "pandas"]

[tool.ruff]
line-length = 100
"""
BIBLIOGRAPHY = """\
@article{ames2019,
  author = {Ames, Ada and Ek, Bo},
  title = {On tides, and how to wait},
  journal = {Journal of Quays},
  year = {2019},
  pages = {12--40}
}
@book{cole2001,
  author = {Cole, Cy},
  title = {Bollards},
  year = 2001
}
"""
REFERENCES = """\
TY  - JOUR
AU  - Ames, Ada
AU  - Ek, Bo
TI  - On tides, and how to wait
PY  - 2019
SP  - 12
ER  - 

TY  - BOOK
AU  - Cole, Cy
TI  - Bollards
PY  - 2001
ER  - 
"""
GAME = """\
[Event "Harbour open"]
[Site "Bergen"]
[White "Ames, Ada"]
[Black "Ek, Bo"]
[Result "1-0"]

1. e4 e5 2. Nf3 Nc6 3. Bb5 a6 4. Ba4 Nf6 5. O-O Be7 6. Re1 b5 7. Bb3 d6 8. c3 O-O 9. h3 Nb8
10. d4 Nbd7 11. c4 c6 12. cxb5 axb5 13. Nc3 Bb7 14. Bg5 b4 1-0
"""
TRANSLATION = """\
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

#: app.py:12
msgid "Hello, %s"
msgstr "Hallo, %s"

#: app.py:40
msgid "Save"
msgstr "Speichern"
"""
BUILD = """\
FROM python:3.12-slim
WORKDIR /app
COPY requirements.txt .
RUN pip install -r requirements.txt && rm -rf /root/.cache
COPY . .
EXPOSE 8080
CMD ["flask", "run", "--host", "0.0.0.0"]
"""
RULES = """\
User-agent: *
Disallow: /admin/
Disallow: /tmp/
Allow: /tmp/public/

User-agent: Bot
Disallow: /
Sitemap: https://x.example/sitemap.xml
"""
PAPER = """\
\\documentclass{article}
\\begin{document}
\\section{Tides}
The height $h$, in metres, is \\emph{small}, see \\cite{ames2019}.
\\begin{itemize}
\\item one, two
\\item three
\\end{itemize}
\\end{document}
"""
PAGE = """\
# Notes, 1 March

Some words first, with a comma, and a list:

- quay: closed
- mill: open

Then a table:

| Place | Open | People |
|-------|------|-------:|
| Quay  | no   |     12 |
| Mill  | yes  |    120 |

And words after it.
"""
STATEMENT = """\
:20:STARTUMS
:25:50010517/0123456789
:28C:00001/001
:60F:C230228EUR1204,10
:61:2303010301DR8,40N005NONREF
:86:105?00LASTSCHRIFT?20Karte 4411?32BAECKEREI
:62F:C230301EUR1195,70
-
"""
EDI = (
    "UNA:+.? 'UNB+UNOC:3+4012345000023:14+4012345000030:14+230301:1000+1'"
    "UNH+1+ORDERS:D:96A:UN'BGM+220+4711+9'DTM+137:20230301:102'LIN+1++4000862141404:EN'"
    "QTY+21:12'UNS+S'UNT+7+1'UNZ+1+1'\n"
)
CHAT = """\
01/03/2023, 10:02 - Ana: are you there?
01/03/2023, 10:03 - Bo Ek: yes, coming
five minutes
01/03/2023, 10:09 - Ana: <Media omitted>
01/03/2023, 10:15 - Messages are end-to-end encrypted.
"""
KEYS = (
    "# app\nDATABASE=postgres://db/app\nDEBUG=false\nPORT=8080\nHOSTS=a.example,b.example\n"
    'GREETING="Hello, you"\n'
)
RTF = (
    "{\\rtf1\\ansi\\deff0{\\fonttbl{\\f0 Arial;}}\\f0\\fs24 Dear Ms Ortega,\\par thank you.\\par}\n"
)

FILES: tuple[Messy, ...] = (
    messy(
        "notes_with_a_table.md",
        PAGE,
        "Place¦Open¦People\nQuay¦no¦12\nMill¦yes¦120\n",
        "must",
    ),
    messy(
        "chat.txt",
        CHAT,
        "column_1¦column_2¦column_3\n-\n",
        "must",
    ),
)
NO_TABLES: tuple[Messy, ...] = (
    refused("cards.vcf", CARDS),
    refused("settings.ini", SETTINGS),
    refused("project.toml", PROJECT),
    refused("quays.bib", BIBLIOGRAPHY),
    refused("quays.ris", REFERENCES),
    refused("game.pgn", GAME),
    refused("german.po", TRANSLATION),
    refused("Dockerfile.txt", BUILD),
    refused("robots.txt", RULES),
    refused("tides.tex", PAPER),
    refused("statement.sta", STATEMENT),
    refused("order.edi", EDI),
    refused("app.env", KEYS),
    refused("letter.rtf", RTF),
)
