"""What services let people take home of their own: films, runs, books, trades, cards."""

from tests.corpus.messy import messy, refused, tabbed

FILES = (
    messy(
        "connections.csv",
        """\
Notes:
"When exporting your connection data, you may notice that some of the addresses are missing. You will only see those who let you, see ""settings""."

First Name,Last Name,URL,Email Address,Company,Position,Connected On
Ana,Sousa,https://x.example/in/ana,,"Harbour Café, Lda","Owner, cook",01 Mar 2023
Zoë,,https://x.example/in/zoe,zoe@example.org,,,28 Feb 2023
Bo,"Ek, PhD",https://x.example/in/bo,,Quay AS,Dr.,31 Dec 2022
""",  # noqa: E501
        """\
First Name¦Last Name¦URL¦Email Address¦Company¦Position¦Connected On
Ana¦Sousa¦https://x.example/in/ana¦¦Harbour Café, Lda¦Owner, cook¦01 Mar 2023
Zoë¦¦https://x.example/in/zoe¦zoe@example.org¦¦¦28 Feb 2023
Bo¦Ek, PhD¦https://x.example/in/bo¦¦Quay AS¦Dr.¦31 Dec 2022
""",
    ),
    messy(
        "books.csv",
        '''\
Book Id,Title,Author l-f,ISBN,My Rating,Date Read,Bookshelves,My Review
11,"Tides (Quays, #1)","Ames, Ada","=""0439023483""",5,2019/05/02,"to-read, sea","Good.<br/>Very ""wet""."
12,Bollards,"Cole, Cy","=""""",0,,,
13,"L'Été, à l'ouest","Été, Noé","=""2070360024""",3,,currently-reading,
''',  # noqa: E501
        """\
Book Id¦Title¦Author l-f¦ISBN¦My Rating¦Date Read¦Bookshelves¦My Review
11¦Tides (Quays, #1)¦Ames, Ada¦="0439023483"¦5¦2019/05/02¦to-read, sea¦Good.<br/>Very "wet".
12¦Bollards¦Cole, Cy¦=""¦0¦¦¦
13¦L'Été, à l'ouest¦Été, Noé¦="2070360024"¦3¦¦currently-reading¦
""",
    ),
    messy(
        "viewing_history.csv",
        'Title,Date\n"Tides: Season 1: ""The Quay""","3/1/23"\n"Up, and away","2/28/23"\n'
        '"1204","12/31/22"\n',
        'Title¦Date\nTides: Season 1: "The Quay"¦3/1/23\nUp, and away¦2/28/23\n1204¦12/31/22\n',
    ),
    messy(
        "cards_to_learn.txt",
        tabbed('''\
#separator:tab
#html:true
#tags column:3
der Hafen→the harbour→noun sea
"die ""Ebbe"""→the ebb, low tide→noun
gehen<br>ging→"to go; to
walk"→
'''),
        'column_1¦column_2¦column_3\nder Hafen¦the harbour¦noun sea\ndie "Ebbe"¦the ebb, low tide'
        "¦noun\ngehen<br>ging¦to go; to⏎walk¦\n",
        "may",
    ),
    messy(
        "tickets.csv",
        '''\
Summary,Issue key,Status,Sprint,Sprint,Sprint,Labels,Labels,Comment,Comment
"Save fails, sometimes",TL-12,Done,S1,S2,,bug,,"01/Mar/23 10:00 AM;ana;Seen again:
{code}x;y{code}",
Add dark mode,TL-13,To Do,S2,,,,,,
"Rename ""quay""",TL-7,Done,S1,,,ui,text,"28/Feb/23 9:01 AM;bo;ok","01/Mar/23 8:00 AM;ana;thanks"
''',
        """\
Summary¦Issue key¦Status¦Sprint¦Sprint_2¦Sprint_3¦Labels¦Labels_2¦Comment¦Comment_2
Save fails, sometimes¦TL-12¦Done¦S1¦S2¦¦bug¦¦01/Mar/23 10:00 AM;ana;Seen again:⏎{code}x;y{code}¦
Add dark mode¦TL-13¦To Do¦S2¦¦¦¦¦¦
Rename "quay"¦TL-7¦Done¦S1¦¦¦ui¦text¦28/Feb/23 9:01 AM;bo;ok¦01/Mar/23 8:00 AM;ana;thanks
""",
        "may",
    ),
    messy(
        "activity_statement.csv",
        """\
Statement,Header,Field Name,Field Value
Statement,Data,BrokerName,Harbour Brokers
Statement,Data,Period,"March 1, 2023 - March 31, 2023"
Trades,Header,DataDiscriminator,Asset Category,Currency,Symbol,Date/Time,Quantity,T. Price
Trades,Data,Order,Stocks,USD,QUAY,"2023-03-01, 10:00:11","1,200",9.9
Trades,Data,Order,Stocks,USD,MILL,"2023-03-02, 15:31:02",-80,12.04
Trades,SubTotal,,Stocks,USD,QUAY,,"1,200",
Dividends,Header,Currency,Date,Description,Amount
Dividends,Data,USD,2023-03-15,QUAY Cash Dividend,12.5
""",
        "column_1\n-\n",
        "must",
    ),
    messy(
        "coins.csv",
        """\

"You can use this transaction report to inform your likely tax obligations, with care."

Transactions
User,Ana Sousa,00000000-0000-4000-8000-000000000000
Timestamp,Transaction Type,Asset,Quantity Transacted,Spot Price Currency,Notes
2023-03-01T10:00:00Z,Buy,BTC,0.00120400,EUR,"Bought 0.001204 BTC for €24,90"
2023-03-02T08:12:44Z,Send,ETH,1.5,EUR,Sent to 0xAb5801a7D398351b8bE11C439e05C5B3259aeC9B
2023-03-09T23:59:59Z,Rewards Income,ALGO,0.000001,EUR,
""",
        """\
Timestamp¦Transaction Type¦Asset¦Quantity Transacted¦Spot Price Currency¦Notes
2023-03-01T10:00:00Z¦Buy¦BTC¦0.00120400¦EUR¦Bought 0.001204 BTC for €24,90
2023-03-02T08:12:44Z¦Send¦ETH¦1.5¦EUR¦Sent to 0xAb5801a7D398351b8bE11C439e05C5B3259aeC9B
2023-03-09T23:59:59Z¦Rewards Income¦ALGO¦0.000001¦EUR¦
""",
        "may",
    ),
    messy(
        "laps.csv",
        """\
Laps,Time,Distance,Avg Pace,Avg HR,Total Ascent
1,5:12.4,1.00,5:12,141,--
2,5:20,1.00,5:20,150,12
3,2:01,0.41,4:55,161,--
Summary,12:33.4,2.41,5:13,149,12
""",
        "Laps¦Time¦Distance¦Avg Pace¦Avg HR¦Total Ascent\n1¦5:12.4¦1.00¦5:12¦141¦--\n"
        "2¦5:20¦1.00¦5:20¦150¦12\n3¦2:01¦0.41¦4:55¦161¦--\nSummary¦12:33.4¦2.41¦5:13¦149¦12\n",
        "may",
    ),
    messy(
        "plays.evn",
        """\
id,BOS202304010
version,2
info,visteam,BAL
info,date,2023/04/01
start,mullc002,"Cedric Mull",0,1,8
start,rutsa001,"Ad Rutsch",0,2,2
play,1,0,mullc002,22,CBFBX,S8/G
play,1,0,rutsa001,01,.CX,63/G
com,"replay, upheld"
data,er,gibsk001,4
""",
        "column_1\n-\n",
        "must",
    ),
    messy(
        "players.csv",
        """\
,,,,Playing Time,Playing Time,Performance,Performance
Rk,Player,Nation,Age,MP,Min,Gls,Ast
1,Max Aarønes,no NOR,22-104,31,"2,679",0,2
2,Yunis Abd,ma MAR,,34,"2,983",1,0
3,João Ã,pt POR,19-001,4,88,,
""",
        """\
Rk¦Player¦Nation¦Age¦Playing Time MP¦Playing Time Min¦Performance Gls¦Performance Ast
1¦Max Aarønes¦no NOR¦22-104¦31¦2,679¦0¦2
2¦Yunis Abd¦ma MAR¦¦34¦2,983¦1¦0
3¦João Ã¦pt POR¦19-001¦4¦88¦¦
""",
        "may",
    ),
    messy(
        "listings.csv",
        '''\
id,name,description,neighbourhood,price,amenities,last_review
2539,"Clean & quiet room","Renovated<br />Bath, shared.
<b>The space</b><br />""Cosy"", 12' x 9'","Kensington, Brooklyn","$1,149.00","[""Wifi"", ""TV \\u2013 42\\"""", ""Iron""]",2021-10-19
2595,Skylit studio,,,$225.00,[],
3831,"Loft / ""B""","

Nothing.",Clinton Hill,$89.00,"[""Pets""]",2019-07-05
''',  # noqa: E501
        """\
id¦name¦description¦neighbourhood¦price¦amenities¦last_review
2539¦Clean & quiet room¦Renovated<br />Bath, shared.⏎<b>The space</b><br />"Cosy", 12' x 9'¦Kensington, Brooklyn¦$1,149.00¦["Wifi", "TV \\u2013 42\\"", "Iron"]¦2021-10-19
2595¦Skylit studio¦¦¦$225.00¦[]¦
3831¦Loft / "B"¦⏎⏎Nothing.¦Clinton Hill¦$89.00¦["Pets"]¦2019-07-05
""",  # noqa: E501
        "may",
    ),
    messy(
        "journal.iif",
        tabbed("""\
!TRNS→TRNSID→TRNSTYPE→DATE→ACCNT→AMOUNT
!SPL→SPLID→TRNSTYPE→DATE→ACCNT→AMOUNT
!ENDTRNS
TRNS→→CHECK→3/1/2023→Checking→-12.50
SPL→→CHECK→3/1/2023→Postage→12.50
ENDTRNS
TRNS→→DEPOSIT→3/2/2023→Checking→1204.00
SPL→→DEPOSIT→3/2/2023→Sales→-1204.00
ENDTRNS
"""),
        "column_1\n-\n",
        "must",
    ),
)
NO_TABLES = (
    refused(
        "money.qif",
        "!Type:Bank\nD03/01/2023\nT-12.50\nPHarbour Cafe\nLFood\n^\nD03/02/2023\nT1,204.00\n"
        "PQuay AS\nMsalary, March\n^\n",
    ),
    refused(
        "money.ofx",
        "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\n\n<OFX><BANKTRANLIST>\n<STMTTRN><TRNTYPE>DEBIT\n"
        "<DTPOSTED>20230301<TRNAMT>-12.50<NAME>Harbour</STMTTRN>\n</BANKTRANLIST></OFX>\n",
    ),
    refused(
        "lab_result.hl7",
        "MSH|^~\\&|LAB|HOSP|EHR|HOSP|202303011000||ORU^R01|1|P|2.5\r"
        "PID|1||1204^^^HOSP||AMES^ADA||19810203|F\rOBR|1||88|HB^Haemoglobin\r"
        "OBX|1|NM|HB||13.9|g/dL|12-16|N\rOBX|2|NM|CRP||<0.5|mg/L|<5|N\r",
    ),
)
