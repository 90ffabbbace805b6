"""What people and programs write above a table: titles, addresses, comments, blank lines."""

from tests.corpus.messy import messy

FILES = (
    messy(
        "title_and_blank.csv",
        """\
Recorded road accidents by borough
Source: Department for Roads

Borough,2019,2020,2021
Barnet,812,604,655
Brent,"1,020",798,840
Camden,731,512,590
""",
        """\
Borough¦2019¦2020¦2021
Barnet¦812¦604¦655
Brent¦1,020¦798¦840
Camden¦731¦512¦590
""",
    ),
    messy(
        "title_padded_by_a_spreadsheet.csv",
        """\
Staff in post,,,,
As at 31 March 2020,,,,
,,,,
Directorate,Grade,Headcount,FTE,Vacancies
Finance,7,12,11.4,1
Finance,6,8,7.8,0
Housing,7,31,28.9,4
Parks,5,14,13.1,
""",
        """\
Directorate¦Grade¦Headcount¦FTE¦Vacancies
Finance¦7¦12¦11.4¦1
Finance¦6¦8¦7.8¦0
Housing¦7¦31¦28.9¦4
Parks¦5¦14¦13.1¦
""",
    ),
    messy(
        "comments_above.csv",
        """\
# exported by tidelog 2.3
# columns, in order: see header
# tz: UTC
time,height_m,flag
2020-01-01 00:00,1.82,ok
2020-01-01 00:10,1.85,ok
2020-01-01 00:20,1.91,spike
""",
        """\
time¦height_m¦flag
2020-01-01 00:00¦1.82¦ok
2020-01-01 00:10¦1.85¦ok
2020-01-01 00:20¦1.91¦spike
""",
    ),
    messy(
        "comments_between.csv",
        """\
# station A
id,depth,temp
1,0.5,11.2
2,1.0,10.9
# sensor replaced, 14:05
3,1.5,10.1
# station closed early, see log
4,2.0,9.8
""",
        "id¦depth¦temp\n1¦0.5¦11.2\n2¦1.0¦10.9\n3¦1.5¦10.1\n4¦2.0¦9.8\n",
    ),
    messy(
        "percent_comments.dat",
        "% Buoy 41\n% lat 54.2, lon 7.9\n%\nt\tHs\tTp\n0\t1.2\t6.1\n30\t1.3\t6.3\n60\t1.1\t6.0\n",
        "t¦Hs¦Tp\n0¦1.2¦6.1\n30¦1.3¦6.3\n60¦1.1¦6.0\n",
        "may",
    ),
    messy(
        "hash_in_data.csv",
        """\
channel,owner,members
#general,ada,120
#random,grace,118
#ops,linus,9
#help-desk,ada,44
""",
        "channel¦owner¦members\n#general¦ada¦120\n#random¦grace¦118\n"
        "#ops¦linus¦9\n#help-desk¦ada¦44\n",
        "may",
    ),
    messy(
        "variants.vcf.txt",
        "##fileformat=VCFv4.2\n##source=callerX\n##contig=<ID=20,length=62435964>\n"
        "#CHROM\tPOS\tID\tREF\tALT\tQUAL\n"
        "20\t14370\trs6054257\tG\tA\t29\n20\t17330\t.\tT\tA\t3\n20\t1110696\t.\tA\tG,T\t67\n",
        "#CHROM¦POS¦ID¦REF¦ALT¦QUAL\n"
        "20¦14370¦rs6054257¦G¦A¦29\n20¦17330¦.¦T¦A¦3\n20¦1110696¦.¦A¦G,T¦67\n",
        "may",
    ),
    messy(
        "account.csv",
        """\
"Kontonummer:";"DE00 1234 0000 5678 / Girokonto";

"Von:";"01.03.2023";
"Bis:";"31.03.2023";
"Kontostand vom 31.03.2023:";"1.482,19 EUR";

"Buchungstag";"Wertstellung";"Auftraggeber";"Verwendungszweck";"Betrag (EUR)";
"31.03.2023";"31.03.2023";"Stadtwerke";"Abschlag; Strom";"-89,00";
"30.03.2023";"30.03.2023";"Ladenkasse 4";"Kartenzahlung";"-23,55";
"28.03.2023";"29.03.2023";"Arbeitgeber AG";"Gehalt 03/23";"2.104,00";
""",
        """\
Buchungstag¦Wertstellung¦Auftraggeber¦Verwendungszweck¦Betrag (EUR)
31.03.2023¦31.03.2023¦Stadtwerke¦Abschlag; Strom¦-89,00
30.03.2023¦30.03.2023¦Ladenkasse 4¦Kartenzahlung¦-23,55
28.03.2023¦29.03.2023¦Arbeitgeber AG¦Gehalt 03/23¦2.104,00
""",
        encoding="cp1252",
        line_end="\r\n",
    ),
    messy(
        "indicators.csv",
        """\
\ufeff"Data Source","Global Indicators",

"Last Updated Date","2023-03-30",

"Country Name","Country Code","Indicator","2000","2001","2002",
"Aruba","ABW","Population, total","89101","90691","91781",
"Andorra","AND","Population, total","","67820","70849",
"Angola","AGO","Population, total","16394062","16941587","",
""",
        """\
Country Name¦Country Code¦Indicator¦2000¦2001¦2002
Aruba¦ABW¦Population, total¦89101¦90691¦91781
Andorra¦AND¦Population, total¦¦67820¦70849
Angola¦AGO¦Population, total¦16394062¦16941587¦
""",
        line_end="\r\n",
    ),
    messy(
        "logger_header.csv",
        """\
Device,TL-300
Serial,00312-A
Interval,15 min
Start,2022-08-01 00:00
Record,Date,Time,Temp (°C),RH (%),Battery
1,2022-08-01,00:00,18.2,61,OK
2,2022-08-01,00:15,18.1,61,OK
3,2022-08-01,00:30,18.1,62,OK
4,2022-08-01,00:45,17.9,62,LOW
""",
        """\
Record¦Date¦Time¦Temp (°C)¦RH (%)¦Battery
1¦2022-08-01¦00:00¦18.2¦61¦OK
2¦2022-08-01¦00:15¦18.1¦61¦OK
3¦2022-08-01¦00:30¦18.1¦62¦OK
4¦2022-08-01¦00:45¦17.9¦62¦LOW
""",
    ),
    messy(
        "notice_with_commas.csv",
        """\
Please note: figures are provisional, rounded, and may not sum, see guidance
School,Pupils,Teachers,Meals
Elm Park Primary,412,19,220
St Anne's,388,17,198
The Grange,1103,64,871
""",
        "School¦Pupils¦Teachers¦Meals\nElm Park Primary¦412¦19¦220\n"
        "St Anne's¦388¦17¦198\nThe Grange¦1103¦64¦871\n",
    ),
    messy(
        "blank_lines_first.csv",
        "\n\n\nid;nom;ville\n1;Ève;Lyon\n2;Noé;Metz\n\n3;Léa;Pau\n",
        "id¦nom¦ville\n1¦Ève¦Lyon\n2¦Noé¦Metz\n3¦Léa¦Pau\n",
        line_end="\r\n",
    ),
    messy(
        "title_over_two_lines_in_quotes.csv",
        """\
"Table 7: Library loans
Financial year 2018, all branches",,,
,,,
Branch,Loans,Visits,Open since
Central,"120,411",98201,1911
North,"33,870",27114,1974
"Quay, old",,,1890
""",
        """\
Branch¦Loans¦Visits¦Open since
Central¦120,411¦98201¦1911
North¦33,870¦27114¦1974
Quay, old¦¦¦1890
""",
    ),
    messy(
        "letterhead_in_the_middle_column.csv",
        """\
,,NORTHERN TRADERS LTD,,
,,Stock list May,,
Code,Group,Description,Pack,List price
10-001,Tape,"Tape, brown 50mm",36,14.20
10-002,Tape,"Tape, clear 50mm",36,13.90
20-110,Film,Stretch film 400mm,6,22.00
""",
        """\
Code¦Group¦Description¦Pack¦List price
10-001¦Tape¦Tape, brown 50mm¦36¦14.20
10-002¦Tape¦Tape, clear 50mm¦36¦13.90
20-110¦Film¦Stretch film 400mm¦6¦22.00
""",
    ),
    messy(
        "key_values_above_two_columns.csv",
        """\
Spectrum,Sample 12
Operator,K. Ito
Wavelength,Absorbance
400,0.112
410,0.131
420,0.158
430,0.190
""",
        "Wavelength¦Absorbance\n400¦0.112\n410¦0.131\n420¦0.158\n430¦0.190\n",
        "may",
    ),
)
