"""Tables whose cells are sentences: reviews, verses, dialogues, captions, questions."""

from tests.corpus.messy import cells_of, messy, refused, tabbed

LINES = """\
L1045 +++$+++ u0 +++$+++ m0 +++$+++ BIANCA +++$+++ They do not!
L1044 +++$+++ u2 +++$+++ m0 +++$+++ CAMERON +++$+++ They do to, "really"; so there.
L985 +++$+++ u0 +++$+++ m0 +++$+++ BIANCA +++$+++ I hope so.
L984 +++$+++ u2 +++$+++ m0 +++$+++ CAMERON +++$+++ She's okay -- isn't she?
"""
PRAISE = """\
Wow... Loved this place.→1
Crust is not good.→0
Stopped by, on the late May bank holiday, and "oh my", it was good!→1
The fries (cold; salty) were not worth it.→0
Honestly? No.→0
"""
VERSES = """\
Gen|1|1|In the beginning there was a quay, and a mill.
Gen|1|2|And the mill was "without form": and void;
Gen|1|3|And they said, Let there be light.
Exo|1|1|Now these are the names, of those who came.
"""
QUESTIONS = """\
id→qid1→qid2→question1→question2→is_duplicate
0→1→2→What is a quay?→What's a "quay", exactly?→0
1→3→4→How do I read a tide table?→"How" do you read it, then→1
2→5→6→Why, oh why?→Method: find 23^24 mod 7; how?→0
"""
CAPTIONS = """\
1000268201.jpg#0→A child in a pink dress is climbing up a set of stairs , alone .
1000268201.jpg#1→A girl going into a wooden building .
1001773457.jpg#0→A black dog and a spotted dog are fighting
1001773457.jpg#1→Two dogs on pavement , "playing" .
"""
MEANINGS = """\
agley	askew; awry: "gang aft agley"
ben	a mountain, in names
burn	a stream (small), often fast
ken	to know; also, what one knows
"""

FILES = (
    messy(
        "film_lines.txt",
        LINES,
        "column_1¦column_2¦column_3¦column_4¦column_5\n" + cells_of(LINES, " +++$+++ "),
        "may",
        encoding="latin-1",
    ),
    messy("praise.txt", tabbed(PRAISE), "column_1¦column_2\n" + cells_of(PRAISE, "→"), "may"),
    messy(
        "verses.txt",
        VERSES,
        "column_1¦column_2¦column_3¦column_4\n" + cells_of(VERSES, "|"),
        "may",
    ),
    messy("question_pairs.tsv", tabbed(QUESTIONS), cells_of(QUESTIONS, "→"), "may"),
    messy(
        "captions.token", tabbed(CAPTIONS), "column_1¦column_2\n" + cells_of(CAPTIONS, "→"), "may"
    ),
    messy("meanings.tsv", MEANINGS, "column_1¦column_2\n" + cells_of(MEANINGS, "\t"), "may"),
    messy(
        "short_messages.csv",
        """\
"0","1467810369","Mon Apr 06 22:19:45 PDT 2009","NO_QUERY","_the_one_","@switch http://x.example/2y1zl - Awww, that's a bummer.  ;D"
"0","1467810672","Mon Apr 06 22:19:49 PDT 2009","NO_QUERY","scot, h","is upset that he can't update by texting &quot;it&quot;..."
"4","1467810917","Mon Apr 06 22:19:53 PDT 2009","NO_QUERY","matty","my ""whole"" body feels itchy"
""",  # noqa: E501
        """\
column_1¦column_2¦column_3¦column_4¦column_5¦column_6
0¦1467810369¦Mon Apr 06 22:19:45 PDT 2009¦NO_QUERY¦_the_one_¦@switch http://x.example/2y1zl - Awww, that's a bummer.  ;D
0¦1467810672¦Mon Apr 06 22:19:49 PDT 2009¦NO_QUERY¦scot, h¦is upset that he can't update by texting &quot;it&quot;...
4¦1467810917¦Mon Apr 06 22:19:53 PDT 2009¦NO_QUERY¦matty¦my "whole" body feels itchy
""",  # noqa: E501
        "may",
        encoding="latin-1",
    ),
    messy(
        "film_reviews.csv",
        '''\
review,sentiment
"One of the other reviewers said it.<br /><br />They are right, as this is ""exactly"" it.",positive
"A wonderful little film, filmed; edited.",positive
Basically there's a family where a boy thinks there's a thing in his closet.,negative
"""Ugh,"" she said.",negative
''',
        """\
review¦sentiment
One of the other reviewers said it.<br /><br />They are right, as this is "exactly" it.¦positive
A wonderful little film, filmed; edited.¦positive
Basically there's a family where a boy thinks there's a thing in his closet.¦negative
"Ugh," she said.¦negative
""",
    ),
    messy(
        "news.csv",
        """\
"3","Stocks fall, then rise (wire)","Wire - Short-sellers, the street's ""band"", are back."
"4","Search: a \\$1bn bet","What's next? One firm; two views."
"1","Quay closed","Officials, asked, said ""no comment""."
""",
        """\
column_1¦column_2¦column_3
3¦Stocks fall, then rise (wire)¦Wire - Short-sellers, the street's "band", are back.
4¦Search: a \\$1bn bet¦What's next? One firm; two views.
1¦Quay closed¦Officials, asked, said "no comment".
""",
        "may",
    ),
    messy(
        "recipes.csv",
        """\
name;ingredients;steps;minutes
Soup;"leeks; potatoes; salt";"Cut, boil.
Blend, if you like.";40
Bread;flour, water, salt;"Mix; wait; bake";1440
Toast;bread;;3
""",
        """\
name¦ingredients¦steps¦minutes
Soup¦leeks; potatoes; salt¦Cut, boil.⏎Blend, if you like.¦40
Bread¦flour, water, salt¦Mix; wait; bake¦1440
Toast¦bread¦¦3
""",
    ),
    messy(
        "essays.tsv",
        tabbed(
            """\
essay_id→set→essay→score
1→1→"Dear local newspaper, I think effects computers have on people are great."→8
2→1→"I believe that ""all"" of it, well, most, is good. It's: fast; cheap."→9
3→2→Computers, why not. He said "no" twice.→
4→2→"Dear @CAPS1, "no", I say."→7
""".replace('""all""', '""all""')
        ),
        """\
essay_id¦set¦essay¦score
1¦1¦Dear local newspaper, I think effects computers have on people are great.¦8
2¦1¦I believe that "all" of it, well, most, is good. It's: fast; cheap.¦9
3¦2¦Computers, why not. He said "no" twice.¦
4¦2¦Dear @CAPS1, "no", I say.¦7
""",
        "may",
    ),
    messy(
        "rules_of_law.csv",
        """\
§;Absatz;Text;Fassung
1;1;Die Würde, so heißt es, ist unantastbar.;1949-05-23
1;2;Darum bekennt man sich: erstens, zweitens.;1949-05-23
2;1;Jeder hat das Recht auf "freie" Entfaltung;
12a;4;(weggefallen);2000-12-22
""",
        """\
§¦Absatz¦Text¦Fassung
1¦1¦Die Würde, so heißt es, ist unantastbar.¦1949-05-23
1¦2¦Darum bekennt man sich: erstens, zweitens.¦1949-05-23
2¦1¦Jeder hat das Recht auf "freie" Entfaltung¦
12a¦4¦(weggefallen)¦2000-12-22
""",
        encoding="cp1252",
    ),
    messy(
        "labelled_lines.txt",
        "__label__2 Stunning even for the non-gamer: This sound track was beautiful!\n"
        "__label__1 Oh dear: I was excited, then I read it.\n"
        '__label__2 Great: yes, great; and "cheap".\n',
        "column_1¦column_2\n-¦-\n",
        "must",
    ),
)
NO_TABLES = (
    refused(
        "proverbs.txt",
        "A bird in the hand is worth two in the bush.\nAll that glitters is not gold.\n"
        "Better late than never, they say.\nDon't count your chickens: wait, and see.\n"
        "Every cloud has a silver lining.\n",
    ),
    refused(
        "minutes.txt",
        """\
MINUTES OF THE MEETING, 1 March

Present: A. Ames, B. Boyd, C. Cole
Apologies: D. Dunn

1. Minutes of the last meeting
   Agreed, with one change: "mill" for "kiln".

2. The quay
   Boyd reported: closed since noon; open again on Friday, perhaps.
   ACTION: Cole to ring the office.

3. Next meeting
   5 April, 19:00, the old mill.
""",
    ),
    refused(
        "questions_and_answers.txt",
        "Q: Where is the quay?\nA: By the mill, to the left.\n\nQ: When is it open?\n"
        "A: From nine, except Sundays.\n\nQ: Is there parking?\nA: No; take the tram.\n",
    ),
)
