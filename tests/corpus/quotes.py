"""Quotes: doubled, escaped, single, absent, left open, and within the cells."""

from tests.corpus.messy import messy

FILES = (
    messy(
        "reviews.csv",
        '''\
id,product,stars,review
1,Kettle,4,"Heats fast, but the ""quiet"" mode is not.
Would still buy again."
2,Toaster,1,"Broke after a week.

Sent back; see ticket #88, ""urgent""."
3,Lamp,5,Good
4,Rug,3,"""ok"""
5,Clock,2,""
''',
        """\
id¦product¦stars¦review
1¦Kettle¦4¦Heats fast, but the "quiet" mode is not.⏎Would still buy again.
2¦Toaster¦1¦Broke after a week.⏎⏎Sent back; see ticket #88, "urgent".
3¦Lamp¦5¦Good
4¦Rug¦3¦"ok"
5¦Clock¦2¦
""",
    ),
    messy(
        "apostrophe_quotes.csv",
        """\
id,who,said
1,'Byrne, Aoife','I''d rather not, thanks'
2,'Cole, Sam','yes'
3,'Díaz, Inés','maybe, later'
4,'Ek, Bo',''
""",
        """\
id¦who¦said
1¦Byrne, Aoife¦I'd rather not, thanks
2¦Cole, Sam¦yes
3¦Díaz, Inés¦maybe, later
4¦Ek, Bo¦
""",
    ),
    messy(
        "apostrophes_are_text.csv",
        """\
surname,given,nick,born
O'Brien,Niamh,'Nee',1980
D'Angelo,Luca,,1975
van 't Hof,Pim,'Pimmie',1991
Smith,Rock 'n' Roll,'Rocky',1969
""",
        """\
surname¦given¦nick¦born
O'Brien¦Niamh¦'Nee'¦1980
D'Angelo¦Luca¦¦1975
van 't Hof¦Pim¦'Pimmie'¦1991
Smith¦Rock 'n' Roll¦'Rocky'¦1969
""",
        "may",
    ),
    messy(
        "backslash_escapes.csv",
        r""""id","title","body"
"1","Say \"hello\"","first, then \"bye\""
"2","A \\ B","one, two"
"3","plain","she said \"no\", twice"
"4","","\"\""
""",
        r"""id¦title¦body
1¦Say "hello"¦first, then "bye"
2¦A \ B¦one, two
3¦plain¦she said "no", twice
4¦¦""
""",
    ),
    messy(
        "windows_paths.csv",
        r"""file,folder,bytes
"report, final.doc","C:\Users\ana\",20480
notes.txt,"C:\temp, old\",77
"a ""b"" c.pdf","D:\",1048576
readme,C:\,12
""",
        r"""file¦folder¦bytes
report, final.doc¦C:\Users\ana\¦20480
notes.txt¦C:\temp, old\¦77
a "b" c.pdf¦D:\¦1048576
readme¦C:\¦12
""",
    ),
    messy(
        "inches.csv",
        """\
part,description,price
P-11,Pipe 5" steel,12.40
P-12,Pipe 3/4" copper,8.10
P-13,Elbow 90 deg,1.95
P-14,12" ruler 2" wide,0.80
P-15,Tee 5" x 3",6.30
""",
        """\
part¦description¦price
P-11¦Pipe 5" steel¦12.40
P-12¦Pipe 3/4" copper¦8.10
P-13¦Elbow 90 deg¦1.95
P-14¦12" ruler 2" wide¦0.80
P-15¦Tee 5" x 3"¦6.30
""",
    ),
    messy(
        "titles_with_quotes.tsv",
        "tconst\ttitle\tyear\tgenres\n"
        'tt01\t"Odd Al" and Friends\t1989\tComedy,Music\n'
        'tt02\tRiver of "Gold\t1991\tDrama\n'
        'tt03\t"Hush\t2003\t\\N\n'
        "tt04\tThe Well\t\\N\tHorror\n"
        'tt05\tQuiet Sea"\t2010\tDrama,War\n',
        """\
tconst¦title¦year¦genres
tt01¦"Odd Al" and Friends¦1989¦Comedy,Music
tt02¦River of "Gold¦1991¦Drama
tt03¦"Hush¦2003¦\\N
tt04¦The Well¦\\N¦Horror
tt05¦Quiet Sea"¦2010¦Drama,War
""",
        "may",
    ),
    messy(
        "json_in_cells.csv",
        """\
event_id,at,payload
e1,2023-05-01T10:00:00Z,"{""page"": ""/home"", ""ms"": 120, ""tags"": [""a"", ""b""]}"
e2,2023-05-01T10:00:04Z,"{""page"": ""/cart"", ""ms"": 88, ""tags"": []}"
e3,2023-05-01T10:01:13Z,{}
e4,2023-05-01T10:02:00Z,"{""error"": null}"
""",
        """\
event_id¦at¦payload
e1¦2023-05-01T10:00:00Z¦{"page": "/home", "ms": 120, "tags": ["a", "b"]}
e2¦2023-05-01T10:00:04Z¦{"page": "/cart", "ms": 88, "tags": []}
e3¦2023-05-01T10:01:13Z¦{}
e4¦2023-05-01T10:02:00Z¦{"error": null}
""",
    ),
    messy(
        "json_without_quotes.tsv",
        "id\tattrs\tok\n"
        '1\t{"colour": "red", "size": [1, 2]}\ttrue\n'
        '2\t{"colour": "blue"}\tfalse\n'
        '3\t["a", "b", "c"]\ttrue\n'
        "4\tnull\ttrue\n",
        """\
id¦attrs¦ok
1¦{"colour": "red", "size": [1, 2]}¦true
2¦{"colour": "blue"}¦false
3¦["a", "b", "c"]¦true
4¦null¦true
""",
        "may",
    ),
    messy(
        "all_quoted.csv",
        """\
"N° dossier";"Libellé";"Montant TTC";"Réglé le"
"000123";"Travaux; façade";"1 250,00";"12/03/2022"
"000124";"Étude préalable";"780,50";""
"000125";"L'""urgence"" de mars";"0,00";"01/04/2022"
""",
        """\
N° dossier¦Libellé¦Montant TTC¦Réglé le
000123¦Travaux; façade¦1 250,00¦12/03/2022
000124¦Étude préalable¦780,50¦
000125¦L'"urgence" de mars¦0,00¦01/04/2022
""",
    ),
    messy(
        "text_after_the_quote.csv",
        """\
id,name,city
1,"Nick" Smith,York
2,"Jones, Ann",Hull
3,Bob,Leeds
4,"Kay, Lee",Ripon
""",
        """\
id¦name¦city
1¦"Nick" Smith¦York
2¦Jones, Ann¦Hull
3¦Bob¦Leeds
4¦Kay, Lee¦Ripon
""",
        "may",
    ),
    messy(
        "quote_left_open.csv",
        """\
id,item,colour
1,"Chair, oak",brown
2,"Bench, pine,white
3,"Stool, ash",grey
4,"Table, elm",black
5,Shelf,white
""",
        """\
id¦item¦colour
1¦Chair, oak¦brown
2¦"Bench, pine¦white
3¦Stool, ash¦grey
4¦Table, elm¦black
5¦Shelf¦white
""",
        "must",
    ),
    messy(
        "each_line_quoted_whole.csv",
        """\
"id,name,city,joined"
"1,Ada,London,2019-01-02"
"2,Grace,New York,2019-02-11"
"3,Linus,Helsinki,2020-06-30"
""",
        """\
id¦name¦city¦joined
1¦Ada¦London¦2019-01-02
2¦Grace¦New York¦2019-02-11
3¦Linus¦Helsinki¦2020-06-30
""",
        "must",
    ),
    messy(
        "excel_text_formulas.csv",
        '''\
Item,UPC,Qty
Soap,="0012345678905",4
"Shampoo, dry","=""0012345678912""",2
Comb,="0099900011122",11
''',
        """\
Item¦UPC¦Qty
Soap¦="0012345678905"¦4
Shampoo, dry¦="0012345678912"¦2
Comb¦="0099900011122"¦11
""",
    ),
    messy(
        "typographic_quotes.csv",
        """\
Nr;Zitat;Quelle
1;„Alles fließt“;Heraklit
2;“Know thyself”;Delphi
3;«Je pense, donc je suis»;Descartes
4;‚Wissen, dass man nichts weiß‘;Sokrates
""",
        """\
Nr¦Zitat¦Quelle
1¦„Alles fließt“¦Heraklit
2¦“Know thyself”¦Delphi
3¦«Je pense, donc je suis»¦Descartes
4¦‚Wissen, dass man nichts weiß‘¦Sokrates
""",
    ),
)
