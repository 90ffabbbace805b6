"""Files from repositories of all sorts: games, speech, pictures, translations, serial ports."""

from tests.corpus.messy import cells_of, messy, tabbed

PAIRS = """\
Hello!→Hallo!→CC-BY 2.0: a.org #538123 (CM) & #380701 (cburgmer)
"Go," he said.→„Geh“, sagte er.→CC-BY 2.0: a.org #41 (Zifre) & #42
What's that "thing"?→Was ist das "Ding"?→CC-BY 2.0: a.org #1204 (x)
"Who?"→"Wer?"→CC-BY 2.0: a.org #9 (y)
"""
SPEECH = """\
LJ001-0001|Printing, in the only sense, differs "from most"|Printing, in the only sense, differs
LJ001-0002|in being comparatively modern.|in being comparatively modern.
LJ001-0003|"The 42-line Bible" of 1455,|The forty-two-line Bible of fourteen fifty-five,
LJ001-0004|Mr. A; Mr. B|Mister A; Mister B
"""
BOXES = """\
0 0.512 0.481 0.204 0.310
2 0.120 0.900 0.044 0.081
0 0.733 0.250 0.100 0.100
1 0.401 0.402 0.900 0.880
"""

FILES = (
    messy(
        "items_of_a_game.csv",
        """\
id,name,icon,price,drop_rate,tags
int,string,string,int,float,list<string>
编号,名称,图标,价格,掉落率,标签
1001,木剑,sword_01.png,10,0.25,weapon|wood
1002,铁剑,sword_02.png,120,0.05,weapon|iron
2001,"红药水, 小",,5,0.5,
""",
        """\
id¦name¦icon¦price¦drop_rate¦tags
1001¦木剑¦sword_01.png¦10¦0.25¦weapon|wood
1002¦铁剑¦sword_02.png¦120¦0.05¦weapon|iron
2001¦红药水, 小¦¦5¦0.5¦
""",
        "must",
    ),
    messy(
        "sentence_pairs.tsv",
        tabbed(PAIRS),
        "column_1¦column_2¦column_3\n" + cells_of(PAIRS, "→"),
        "may",
    ),
    messy(
        "speech.csv",
        SPEECH,
        "column_1¦column_2¦column_3\n" + cells_of(SPEECH, "|"),
        "may",
    ),
    messy(
        "boxes.txt",
        BOXES,
        "column_1¦column_2¦column_3¦column_4¦column_5\n" + cells_of(BOXES, " "),
    ),
    messy(
        "heights.csv",
        """\
name,height,weight,college
Ames,6'2",190,Bath
Boyd,5'11",,York
Cole,6'0",201,"St. Mary's, Hull"
Dunn,5'9",177,
""",
        "name¦height¦weight¦college\nAmes¦6'2\"¦190¦Bath\nBoyd¦5'11\"¦¦York\n"
        "Cole¦6'0\"¦201¦St. Mary's, Hull\nDunn¦5'9\"¦177¦\n",
        "may",
    ),
    messy(
        "words_of_the_site.csv",
        """\
key;en;de;fr
title;Welcome, "friend";Willkommen, "Freund";Bienvenue, « ami »
hint;Press Enter, then wait;Enter drücken, dann warten;Entrée, puis attendre
error.1;"It's; gone";Weg;C'est parti
empty;;;
""",
        """\
key¦en¦de¦fr
title¦Welcome, "friend"¦Willkommen, "Freund"¦Bienvenue, « ami »
hint¦Press Enter, then wait¦Enter drücken, dann warten¦Entrée, puis attendre
error.1¦It's; gone¦Weg¦C'est parti
empty¦¦¦
""",
    ),
    messy(
        "options_serialised.csv",
        """\
option_id,option_name,option_value,autoload
1,siteurl,http://x.example,yes
2,widgets,"a:2:{i:0;s:3:""a,b"";i:1;a:0:{}}",yes
3,rules,"^x/(\\d+),?$",no
4,html,"<a href=""/x,y"" class='z'>;</a>",no
""",
        """\
option_id¦option_name¦option_value¦autoload
1¦siteurl¦http://x.example¦yes
2¦widgets¦a:2:{i:0;s:3:"a,b";i:1;a:0:{}}¦yes
3¦rules¦^x/(\\d+),?$¦no
4¦html¦<a href="/x,y" class='z'>;</a>¦no
""",
    ),
    messy(
        "snippets.csv",
        '''\
id,language,code,stars
1,py,"def f(a, b):
    return {""a"": a, 'b': b}

",12
2,js,"const x = [1, 2];  // ""two""",3
3,sql,"SELECT a, 'x;y' FROM t WHERE n = ""q""",
4,sh,echo $HOME,0
''',
        """\
id¦language¦code¦stars
1¦py¦def f(a, b):⏎    return {"a": a, 'b': b}⏎⏎¦12
2¦js¦const x = [1, 2];  // "two"¦3
3¦sql¦SELECT a, 'x;y' FROM t WHERE n = "q"¦
4¦sh¦echo $HOME¦0
""",
    ),
    messy(
        "rates_of_exchange.csv",
        """\
Date,Open,High,Low,Close,Adj Close,Volume
2023-03-01,1.0580,1.0691,1.0565,1.0580,1.0580,0
2023-03-02,1.0665,1.0671,1.0577,1.0665,1.0665,0
2023-03-03,null,null,null,null,null,null
2023-03-06,1.0624,1.0693,1.0622,1.0624,1.0624,0
""",
        """\
Date¦Open¦High¦Low¦Close¦Adj Close¦Volume
2023-03-01¦1.0580¦1.0691¦1.0565¦1.0580¦1.0580¦0
2023-03-02¦1.0665¦1.0671¦1.0577¦1.0665¦1.0665¦0
2023-03-03¦null¦null¦null¦null¦null¦null
2023-03-06¦1.0624¦1.0693¦1.0622¦1.0624¦1.0624¦0
""",
    ),
    messy(
        "pixels.csv",
        "label,p0,p1,p2,p3\n5,0 0 12,255,0,0\n0,0 1 4,0,17,3\n4,9 9 9,0,0,0\n",
        "label¦p0¦p1¦p2¦p3\n5¦0 0 12¦255¦0¦0\n0¦0 1 4¦0¦17¦3\n4¦9 9 9¦0¦0¦0\n",
    ),
    messy(
        "two_columns_without_names.csv",
        "2013-01-01 00:00:00,1204.5\n2013-01-01 01:00:00,1190.0\n2013-01-01 02:00:00,\n"
        "2013-01-01 03:00:00,1101.25\n",
        "column_1¦column_2\n2013-01-01 00:00:00¦1204.5\n2013-01-01 01:00:00¦1190.0\n"
        "2013-01-01 02:00:00¦\n2013-01-01 03:00:00¦1101.25\n",
    ),
    messy(
        "serial_port.txt",
        "T:21.4,H:40.1,P:1013\nT:21.4,H:40.2,P:1013\nT:21.5,H:40.2,P:1012\nT:21.5,H:nan,P:1012\n",
        "column_1¦column_2¦column_3\nT:21.4¦H:40.1¦P:1013\nT:21.4¦H:40.2¦P:1013\n"
        "T:21.5¦H:40.2¦P:1012\nT:21.5¦H:nan¦P:1012\n",
        "may",
    ),
    messy(
        "level_of_a_game.csv",
        "-1,-1,-1,12,12,-1\n-1,3,-1,12,12,-1\n7,7,7,7,7,7\n8,8,8,8,8,8\n",
        "column_1¦column_2¦column_3¦column_4¦column_5¦column_6\n-1¦-1¦-1¦12¦12¦-1\n"
        "-1¦3¦-1¦12¦12¦-1\n7¦7¦7¦7¦7¦7\n8¦8¦8¦8¦8¦8\n",
    ),
    messy(
        "questions.csv",
        """\
"question","answer","source"
"What is a ""quay""?","A wall, by water","https://x.example/a?b=1,2;c"
"Who sails?
Anyone?","",""
"Is 1,204 > 1.204?","yes; mostly","p. 12"
""",
        """\
question¦answer¦source
What is a "quay"?¦A wall, by water¦https://x.example/a?b=1,2;c
Who sails?⏎Anyone?¦¦
Is 1,204 > 1.204?¦yes; mostly¦p. 12
""",
    ),
    messy(
        "points_of_a_cloud.xyz",
        "  1.204  -0.881  12.000\n 10.204  10.881   2.000\n  0.000-120.110   3.500\n"
        "  4.100   0.001   9.125\n",
        "column_1¦column_2¦column_3\n1.204¦-0.881¦12.000\n10.204¦10.881¦2.000\n"
        "0.000¦-120.110¦3.500\n4.100¦0.001¦9.125\n",
        "must",
    ),
    messy(
        "urls.txt",
        "https://x.example/a?b=1,2&c=3\nhttps://x.example/b;jsessionid=1204\n"
        "http://y.example:8080/c|d\nhttps://z.example/kaf%C3%A9 one\n",
        "column_1\nhttps://x.example/a?b=1,2&c=3\nhttps://x.example/b;jsessionid=1204\n"
        "http://y.example:8080/c|d\nhttps://z.example/kaf%C3%A9 one\n",
        "must",
    ),
    messy(
        "dictionary.csv",
        """\
hafen ; harbour, port
ebbe ; low tide
kai ; quay, wharf
flut ; flood; high tide
""",
        "column_1¦column_2\nhafen¦harbour, port\nebbe¦low tide\nkai¦quay, wharf\n"
        "flut¦flood; high tide\n",
        "must",
    ),
    messy(
        "commands.csv",
        """\
// generated, do not edit
// columns: opcode, mnemonic, cycles
opcode,mnemonic,cycles,flags
0x00,BRK,7,
0x01,"ORA ($nn,X)",6,NZ
0xA9,LDA #$nn,2,NZ
""",
        "opcode¦mnemonic¦cycles¦flags\n0x00¦BRK¦7¦\n0x01¦ORA ($nn,X)¦6¦NZ\n0xA9¦LDA #$nn¦2¦NZ\n",
        "may",
    ),
)
