"""Values that mislead: amounts, percentages, dates, codes, places, and words for nothing."""

from tests.corpus.messy import messy

FILES = (
    messy(
        "dollars.csv",
        """\
Vendor,Date,Amount,Share,Adj
Acme Inc.,1/2/2019,"$1,234.50",12%,($40.00)
"Best, LLC",12/30/2019,$88.00,0.9%,-
Core Co,4/4/2019,"$1,000,000.00",87.1%,$0.00
""",
        """\
Vendor¦Date¦Amount¦Share¦Adj
Acme Inc.¦1/2/2019¦$1,234.50¦12%¦($40.00)
Best, LLC¦12/30/2019¦$88.00¦0.9%¦-
Core Co¦4/4/2019¦$1,000,000.00¦87.1%¦$0.00
""",
    ),
    messy(
        "swiss.csv",
        "Konto;Saldo CHF;Stand\n1000;1'204'330.50;31.12.22\n1020;-88.05;31.12.22\n"
        "1100;0.00;31.12.22\n",
        "Konto¦Saldo CHF¦Stand\n1000¦1'204'330.50¦31.12.22\n1020¦-88.05¦31.12.22\n"
        "1100¦0.00¦31.12.22\n",
    ),
    messy(
        "decimal_comma_in_quotes.csv",
        'Produit,Prix,Poids\nBeurre,"2,45","0,25"\nLait,"1,05","1,00"\nŒufs,"3,10","0,66"\n',
        "Produit¦Prix¦Poids\nBeurre¦2,45¦0,25\nLait¦1,05¦1,00\nŒufs¦3,10¦0,66\n",
    ),
    messy(
        "decimal_comma_without_quotes.csv",
        "lon,lat,höhe\n9,183,48,775,245\n9,191,48,780,251\n9,204,48,784,262\n",
        "lon¦lat¦höhe\n9,183¦48,775¦245\n9,191¦48,780¦251\n9,204¦48,784¦262\n",
        "must",
    ),
    messy(
        "rupees.csv",
        'Scheme,Sanctioned,Released\nRoads,"12,34,567.00","9,00,000.00"\n'
        'Wells,"1,00,00,000.00","50,00,000.00"\nSchools,"75,000.00",NIL\n',
        "Scheme¦Sanctioned¦Released\nRoads¦12,34,567.00¦9,00,000.00\n"
        "Wells¦1,00,00,000.00¦50,00,000.00\nSchools¦75,000.00¦NIL\n",
    ),
    messy(
        "codes.csv",
        """\
zip,phone,iban,card,account
01067,0351 4960001,DE02 1203 0000 0000 2020 51,4000123412341234,0000417
00501,+1 (631) 555-0100,,4000999912341234,0000000
90210,310.555.0101,GB29 NWBK 6016 1331 9268 19,,1E5
""",
        """\
zip¦phone¦iban¦card¦account
01067¦0351 4960001¦DE02 1203 0000 0000 2020 51¦4000123412341234¦0000417
00501¦+1 (631) 555-0100¦¦4000999912341234¦0000000
90210¦310.555.0101¦GB29 NWBK 6016 1331 9268 19¦¦1E5
""",
    ),
    messy(
        "words_for_nothing.csv",
        "site,pH,lead,zinc,note\nA,7.1,<0.01,NA,-\nB,n/a,0.02,NULL,..\nC,6.8,ND,#N/A,?\nD,-999,*,None,nan\n",
        "site¦pH¦lead¦zinc¦note\nA¦7.1¦<0.01¦NA¦-\nB¦n/a¦0.02¦NULL¦..\nC¦6.8¦ND¦#N/A¦?\n"
        "D¦-999¦*¦None¦nan\n",
    ),
    messy(
        "dates_of_many_forms.csv",
        """\
who,born,seen,until,took
Ada,10 December 1815,2023-04-01T10:00:00+02:00,31.12.99,1:02:03
Bo,"March 3, 1901",2023-04-01 10:00:00.123456,1-Jan-2000,00:59
Cy,5/6/50,20230401,2000,2 h 5 min
""",
        """\
who¦born¦seen¦until¦took
Ada¦10 December 1815¦2023-04-01T10:00:00+02:00¦31.12.99¦1:02:03
Bo¦March 3, 1901¦2023-04-01 10:00:00.123456¦1-Jan-2000¦00:59
Cy¦5/6/50¦20230401¦2000¦2 h 5 min
""",
    ),
    messy(
        "places.csv",
        """\
name,position,shape,area_ha
Point Dume,34°00'06"N 118°48'24"W,POINT (-118.80 34.00),14.2
Long Lake,47°31'00"N 92°10'12"W,"POLYGON ((0 0, 1 0, 1 1, 0 0))",310
Low Hill,51°28'40"N 0°00'05"W,"LINESTRING (0 0, 2 3)",
""",
        """\
name¦position¦shape¦area_ha
Point Dume¦34°00'06"N 118°48'24"W¦POINT (-118.80 34.00)¦14.2
Long Lake¦47°31'00"N 92°10'12"W¦POLYGON ((0 0, 1 0, 1 1, 0 0))¦310
Low Hill¦51°28'40"N 0°00'05"W¦LINESTRING (0 0, 2 3)¦
""",
        "may",
    ),
    messy(
        "html_in_cells.csv",
        """\
sku;title;description;price
K-1;Mug;"<p class=""x"">Big; <b>blue</b></p>
<ul><li>350 ml</li></ul>";9,90
K-2;Plate;"<p>Flat, round &nbsp;</p>";12,00
K-3;Bowl;;7,50
""",
        """\
sku¦title¦description¦price
K-1¦Mug¦<p class="x">Big; <b>blue</b></p>⏎<ul><li>350 ml</li></ul>¦9,90
K-2¦Plate¦<p>Flat, round &nbsp;</p>¦12,00
K-3¦Bowl¦¦7,50
""",
    ),
    messy(
        "spaces_that_count.csv",
        'code,label,next\n1,"  indented",a\n2,trailing  ,b\n3, ,c\n4,"two  inside",d\n',
        "code¦label¦next\n1¦  indented¦a\n2¦trailing  ¦b\n3¦ ¦c\n4¦two  inside¦d\n",
    ),
    messy(
        "formulas_and_signs.csv",
        'key,value,sign\na,=SUM(A1:A3),+\nb,"=HYPERLINK(""http://x.example"",""x"")",-\nc,@home,+1\n',
        'key¦value¦sign\na¦=SUM(A1:A3)¦+\nb¦=HYPERLINK("http://x.example","x")¦-\nc¦@home¦+1\n',
    ),
    messy(
        "sentences.csv",
        """\
lang;text;label
en;Well, that was, frankly, a mess, was it not?;neg
en;Lovely: quick, clean, and cheap;pos
fr;Bof, ni bon, ni mauvais, quoi;neu
de;Ach, wie schön, wieder hier, danke!;pos
""",
        """\
lang¦text¦label
en¦Well, that was, frankly, a mess, was it not?¦neg
en¦Lovely: quick, clean, and cheap¦pos
fr¦Bof, ni bon, ni mauvais, quoi¦neu
de¦Ach, wie schön, wieder hier, danke!¦pos
""",
    ),
)
