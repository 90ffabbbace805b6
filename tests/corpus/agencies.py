"""What statistical agencies publish as text."""

from tests.corpus.messy import cells_of, messy, tabbed

LABOUR = """\
series_id                     →year→period→       value→footnote_codes
LNU03000000                   →2020→M01→        6504→
LNU03000000                   →2020→M02→        6218→
LNU03000000                   →2020→M03→        7370→P
LNU03000001                   →2020→M01→         4.0→
"""
FUND = """\
WEO Country Code→ISO→Country→Subject Descriptor→Units→Scale→2019→2020→Estimates Start After
512→AFG→Afghanistan→Gross domestic product, constant prices→National currency→Billions→1,300.3→n/a→2018
614→AGO→Angola→Gross domestic product, constant prices→National currency→Billions→1,461.120→1,391.5→2019
213→ARG→Argentina→Inflation, average consumer prices→Index→→232.7→--→2020
"""  # noqa: E501

FILES = (
    messy(
        "unemployment_by_region.tsv",
        tabbed("""\
unit,sex,age,geo\\time→2019 →2020 →2021
PC,T,Y15-74,AT→4.8 →6.0 e→:
PC,T,Y15-74,BE11→5.1 b→: →6.2
PC,F,Y_GE15,EU27_2020→: c→7.4 bd→7.0 p
PC,M,Y15-74,UKI→4.0 →: u→:
"""),
        """\
unit,sex,age,geo\\time¦2019¦2020¦2021
PC,T,Y15-74,AT¦4.8 ¦6.0 e¦:
PC,T,Y15-74,BE11¦5.1 b¦: ¦6.2
PC,F,Y_GE15,EU27_2020¦: c¦7.4 bd¦7.0 p
PC,M,Y15-74,UKI¦4.0 ¦: u¦:
""",
    ),
    messy(
        "labour_series.txt",
        tabbed(LABOUR),
        """\
series_id¦year¦period¦value¦footnote_codes
LNU03000000¦2020¦M01¦6504¦
LNU03000000¦2020¦M02¦6218¦
LNU03000000¦2020¦M03¦7370¦P
LNU03000001¦2020¦M01¦4.0¦
""",
        "may",
    ),
    messy(
        "outlook.xls",
        tabbed(FUND + "\nInternational database, April 2020\n"),
        cells_of(FUND, "→"),
        encoding="latin-1",
    ),
    messy(
        "energy_supply.csv",
        """\
"Country or Area","Commodity - Transaction","Year","Unit","Quantity","Quantity Footnotes"
"Albania","Hard coal - Production","2015","Metric tons,  thousand","48",""
"Albania","Hard coal - Imports","2015","Metric tons,  thousand","103.5","1"
"Bolivia (Plur. State of)","Hard coal - Imports","2014","Metric tons,  thousand","0.2",""

"footnoteSeqID","Footnote"
"1","Estimate"
""",
        """\
Country or Area¦Commodity - Transaction¦Year¦Unit¦Quantity¦Quantity Footnotes
Albania¦Hard coal - Production¦2015¦Metric tons,  thousand¦48¦
Albania¦Hard coal - Imports¦2015¦Metric tons,  thousand¦103.5¦1
Bolivia (Plur. State of)¦Hard coal - Imports¦2014¦Metric tons,  thousand¦0.2¦
""",
        "may",
    ),
    messy(
        "deaths_by_cause.txt",
        tabbed("""\
"Notes"→"State"→"State Code"→"Cause"→"Cause Code"→Deaths→Population→Crude Rate
→"Alabama"→"01"→"Falls, unspecified"→"W19"→112→4903185→2.3
→"Alabama"→"01"→"Drowning"→"W74"→9→4903185→Unreliable
→"Wyoming"→"56"→"Falls, unspecified"→"W19"→Suppressed→578759→Suppressed
"Total"→→→→→121→5481944→2.2
"---"
"Dataset: Underlying Cause of Death"
"Query Parameters:"
"Title: Falls and drowning"
"Group By: State; Cause"
"---"
"Help: See the documentation for more information."
"Suggested Citation: Centres for Counting, on the web, 2020"
"""),
        """\
Notes¦State¦State Code¦Cause¦Cause Code¦Deaths¦Population¦Crude Rate
¦Alabama¦01¦Falls, unspecified¦W19¦112¦4903185¦2.3
¦Alabama¦01¦Drowning¦W74¦9¦4903185¦Unreliable
¦Wyoming¦56¦Falls, unspecified¦W19¦Suppressed¦578759¦Suppressed
Total¦¦¦¦¦121¦5481944¦2.2
""",
        "may",
    ),
    messy(
        "time_series.csv",
        """\
"Title","CPI INDEX 00: ALL ITEMS"
"CDID","D7BT"
"Source dataset ID","MM23"
"PreUnit",""
"Unit","Index, base year = 100"
"Release date","19-04-2023"
"Next release","24 May 2023"
"Important notes",
"2021","111.6"
"2022","121.7"
"2022 Q4","125.8"
"2023 Q1","128.0"
"2023 FEB","127.9"
"2023 MAR","128.9"
""",
        """\
column_1¦column_2
2021¦111.6
2022¦121.7
2022 Q4¦125.8
2023 Q1¦128.0
2023 FEB¦127.9
2023 MAR¦128.9
""",
        "must",
    ),
    messy(
        "interest_rates.csv",
        """\
"Series Description","3-month bill, secondary market","10-year, constant maturity"
"Unit:","Percent:_Per_Year","Percent:_Per_Year"
"Multiplier:","1","1"
"Currency:","NA","NA"
"Unique Identifier: ","H15/H15/B3","H15/H15/C10"
"Time Period","RIFSGFSM03_N.M","RIFLGFCY10_N.M"
2019-01,2.37,2.71
2019-02,2.39,2.68
2019-03,2.40,ND
2019-04,2.38,2.53
""",
        """\
Time Period¦RIFSGFSM03_N.M¦RIFLGFCY10_N.M
2019-01¦2.37¦2.71
2019-02¦2.39¦2.68
2019-03¦2.40¦ND
2019-04¦2.38¦2.53
""",
        "may",
    ),
    messy(
        "naissances.csv",
        """\
sexe;preusuel;annais;dpt;nombre
1;_PRENOMS_RARES;1900;02;7
1;ANDRÉ;1901;2A;12
2;ANAÏS;XXXX;XX;28
2;EMMA-LOU;2020;974;3
""",
        """\
sexe¦preusuel¦annais¦dpt¦nombre
1¦_PRENOMS_RARES¦1900¦02¦7
1¦ANDRÉ¦1901¦2A¦12
2¦ANAÏS¦XXXX¦XX¦28
2¦EMMA-LOU¦2020¦974¦3
""",
        encoding="latin-1",
        line_end="\r\n",
    ),
    messy(
        "commuters.csv",
        """\
Table 3. Commuters by residence and work, 2011;;;;
;;;;
Residence;Workplace;;;
;Same municipality;Other municipality;Abroad;Total
Aarau;3 204;5 112;41;8 357
Baden;2 980;6 004;103;9 087
Chur;11 230;2 455;.;13 685
;;;;
Source: Federal office;;;;
. = not published;;;;
""",
        """\
Residence¦Workplace Same municipality¦Other municipality¦Abroad¦Total
Aarau¦3 204¦5 112¦41¦8 357
Baden¦2 980¦6 004¦103¦9 087
Chur¦11 230¦2 455¦.¦13 685
""",
        "must",
    ),
)
