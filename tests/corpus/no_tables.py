"""Files that hold no table, and must be refused rather than read as one."""

import random
import sqlite3
import struct
import zlib

from tests.corpus.messy import Messy, refused

LETTER = """\
Dear Ms Ortega,

thank you for your letter of 4 May, which reached us, somewhat late, on Friday. We are sorry
that the kettle, the lid and the handle arrived in three parts; this is not how we pack them.

A new one is on its way. Please keep the old one, or give it to somebody, as you like.

With kind regards,
J. Whitlock
"""
LOG = """\
2023-04-01 10:00:01,123 INFO  worker-1 started, waiting for jobs
2023-04-01 10:00:04,871 WARN  worker-1 retrying upload (attempt 2 of 5): timeout
Traceback (most recent call last):
  File "upload.py", line 40, in send
    raise TimeoutError(host, port)
TimeoutError: ('store', 9000)
2023-04-01 10:00:09,002 INFO  worker-2 job 8841 done in 3.2s
2023-04-01 10:02:30,440 ERROR worker-1 giving up: store unreachable, 14 jobs left
"""
SOURCE = '''\
"""Counts words."""

import re
import sys


def words(text, least=1):
    found = {}
    for word in re.findall(r"[a-z]+", text.lower()):
        found[word] = found.get(word, 0) + 1
    return {word: n for word, n in found.items() if n >= least}


if __name__ == "__main__":
    print(words(sys.stdin.read(), 2))
'''
SCRIPT = """\
const rows = [];
for (let i = 0; i < 10; i++) {
  rows.push({ id: i, name: `row ${i}`, done: false });
}
export function total(list, key) {
  return list.reduce((sum, each) => sum + each[key], 0);
}
"""
STYLE = """\
body { margin: 0; font: 16px/1.4 sans-serif; color: #222 }
.card, .panel { border: 1px solid #ccc; padding: 8px; }
.card:hover { color: rgba(0, 0, 0, .8); }
"""
README = """\
# Tidelog

Reads tide gauges, writes CSV.

## Install

    pip install tidelog

- works offline, needs no account
- tested on Linux, macOS

See [the manual](docs/manual.md), or ask.
"""
MAIL = """\
From: Ana Sousa <ana@example.org>
To: bo@example.org, cy@example.org
Subject: Re: tiles, again
Date: Mon, 3 Apr 2023 09:12:44 +0200
Content-Type: text/plain; charset=utf-8

Hi both,

the tiles are in, the grout is not. Tuesday, then?

Ana
"""
PAGE = """\
<!DOCTYPE html>
<html><head><title>Sign in</title></head>
<body><table><tr><td>Name</td><td>Age</td></tr><tr><td>Ada</td><td>36</td></tr></table></body>
</html>
"""
DUMP = """\
-- dump of shop
DROP TABLE IF EXISTS `item`;
CREATE TABLE `item` (`id` int NOT NULL, `name` varchar(80), `price` decimal(8,2));
INSERT INTO `item` VALUES (1,'Mug, blue',9.90),(2,'Plate',12.00),(3,'Bowl',7.50);
INSERT INTO `item` VALUES (4,'Fork',2.10),(5,'It''s a spoon',2.00);
"""
SETTINGS = """\
server:
  host: 0.0.0.0
  port: 8080
paths:
  - /var/lib/app
  - /srv/files
debug: false
"""
CALENDAR = """\
BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
UID:1@example.org
DTSTART:20230401T100000Z
SUMMARY:Dentist, bring card
END:VEVENT
END:VCALENDAR
"""
PATCH = """\
--- a/app.py
+++ b/app.py
@@ -1,4 +1,5 @@
 import os
-import sys
+import sys, re

 def main():
+    print("x, y")
"""
SUBTITLES = """\
1
00:00:01,000 --> 00:00:03,500
Good evening, and welcome.

2
00:00:04,100 --> 00:00:06,000
- Who is there?
- Nobody, sir.
"""
PEM = (
    "-----BEGIN CERTIFICATE-----\n"
    + "MIIDdzCCAl+gAwIBAgIEAgAAuTANBgkqhkiG9w0BAQUFADBaMQswCQYDVQQGEwJJ\n" * 9
    + "-----END CERTIFICATE-----\n"
)
POEM = """\
The barge put out, the evening low,
the water grey, the water slow;
and none who stood upon the quay
knew when, or if, she came to sea.
"""


def picture() -> bytes:
    """Return a PNG of one grey pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    pixels = chunk(b"IDAT", zlib.compress(b"\0\x80"))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + pixels + chunk(b"IEND", b"")


def database() -> bytes:
    """Return a small SQLite database."""
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE item (id INTEGER, name TEXT)")
    connection.executemany("INSERT INTO item VALUES (?, ?)", [(1, "Mug"), (2, "Plate")])
    connection.commit()
    return connection.serialize()


PDF = b"""%PDF-1.4
1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj
2 0 obj << /Type /Pages /Kids [] /Count 0 >> endobj
trailer << /Root 1 0 R >>
%%EOF
"""
PROGRAM = b"\x7fELF\x02\x01\x01" + bytes(9) + b"\x03\x00\x3e\x00\x01\x00\x00\x00" + bytes(200)

FILES: tuple[Messy, ...] = (
    refused("letter.txt", LETTER),
    refused("letter_utf16.txt", ("\ufeff" + LETTER).encode("utf-16-le")),
    refused("worker.log", LOG),
    refused("words.py", SOURCE),
    refused("total.js", SCRIPT),
    refused("style.css", STYLE),
    refused("README.md", README),
    refused("tiles.eml", MAIL),
    refused("sign_in.csv", PAGE),
    refused("shop.sql", DUMP),
    refused("settings.yaml", SETTINGS),
    refused("dentist.ics", CALENDAR),
    refused("change.patch", PATCH),
    refused("film.srt", SUBTITLES),
    refused("server.pem", PEM),
    refused("poem.txt", POEM),
    refused("picture.csv", picture()),
    refused("scan.csv", PDF),
    refused("program.csv", PROGRAM),
    refused("shop.db", database()),
    refused("empty.csv", b""),
    refused("blank.csv", b" \r\n\t\r\n  \n\n"),
    refused("mark_only.csv", b"\xef\xbb\xbf"),
    refused("random.csv", random.Random(7).randbytes(5_000)),
    refused("zeros.csv", bytes(4_096)),
    refused("floats.dat", struct.pack("<500d", *(n / 7 for n in range(500)))),
)
