"""JSON and XML whose records are not plain to see, or of which there are several."""

from tests.corpus.messy import messy, refused

FILES = (
    messy(
        "edges_and_nodes.json",
        """\
{"data": {"repository": {"issues": {"totalCount": 3, "pageInfo": {"hasNextPage": false},
 "edges": [{"cursor": "Y1", "node": {"number": 1, "title": "Save, fails", "author": {"login": "ana"}}},
  {"cursor": "Y2", "node": {"number": 2, "title": "Dark", "author": null}},
  {"cursor": "Y3", "node": {"number": 7, "title": "", "author": {"login": "bo"}}}]}}}}
""",  # noqa: E501
        "cursor¦node.number¦node.title¦node.author.login\nY1¦1¦Save, fails¦ana\nY2¦2¦Dark¦\n"
        "Y3¦7¦¦bo\n",
        "may",
    ),
    messy(
        "list_around_an_answer.json",
        '[{"took": 3, "results": [{"id": 1, "name": "Ada"}, {"id": 2, "name": "Bo"},'
        ' {"id": 3, "name": "Cy"}]}]',
        "id¦name\n1¦Ada\n2¦Bo\n3¦Cy\n",
        "must",
    ),
    messy(
        "documents_of_a_store.json",
        """\
{"_id":{"$oid":"64a1"},"name":"Ada","born":{"$date":"1981-02-03T00:00:00Z"},"n":{"$numberLong":"12"}}
{"_id":{"$oid":"64a2"},"name":"Bo","tags":["a","b"]}
{"_id":{"$oid":"64a3"},"name":null,"n":{"$numberLong":"9007199254740993"}}
""",
        """\
_id.$oid¦name¦born.$date¦n.$numberLong¦tags
64a1¦Ada¦1981-02-03T00:00:00Z¦12¦
64a2¦Bo¦¦¦["a", "b"]
64a3¦¦¦9007199254740993¦
""",
        "may",
    ),
    messy(
        "bulk_of_actions.ndjson",
        '{"index":{"_index":"shop","_id":"1"}}\n{"name":"Mug","price":9.90}\n'
        '{"index":{"_index":"shop","_id":"2"}}\n{"name":"Plate","price":12}\n',
        "name¦price\nMug¦9.90\nPlate¦12\n",
        "must",
    ),
    messy(
        "chart.json",
        '{"labels":["Jan","Feb","Mar"],"datasets":[{"label":"North","data":[1,2,3]},'
        '{"label":"South","data":[4,5,6]}]}',
        "labels¦North¦South\nJan¦1¦4\nFeb¦2¦5\nMar¦3¦6\n",
        "must",
    ),
    messy(
        "hourly_forecast.json",
        """\
{"latitude": 60.4, "longitude": 5.3, "timezone": "GMT",
 "hourly_units": {"time": "iso8601", "temp": "°C"},
 "hourly": {"time": ["2023-03-01T00:00", "2023-03-01T01:00", "2023-03-01T02:00"],
            "temp": [4.1, 3.90, null]}}
""",
        "time¦temp\n2023-03-01T00:00¦4.1\n2023-03-01T01:00¦3.90\n2023-03-01T02:00¦\n",
        "may",
    ),
    messy(
        "names_beside_rows.json",
        '{"fields": ["id", "name", "town"], "total": 3, "rows": [[1, "Ada", "York"],'
        ' [2, "Bo", null], [3, "Cy", "Hull"]]}',
        "id¦name¦town\n1¦Ada¦York\n2¦Bo¦\n3¦Cy¦Hull\n",
        "may",
    ),
    messy(
        "frame_with_schema.json",
        '{"schema":{"fields":[{"name":"index","type":"integer"},{"name":"city","type":"string"},'
        '{"name":"people","type":"integer"}],"primaryKey":["index"],"pandas_version":"1.4.0"},'
        '"data":[{"index":0,"city":"Oslo","people":697549},{"index":1,"city":"Hamar",'
        '"people":28535},{"index":2,"city":"Bodø","people":null},{"index":3,"city":"",'
        '"people":1}]}',
        "index¦city¦people\n0¦Oslo¦697549\n1¦Hamar¦28535\n2¦Bodø¦\n3¦¦1\n",
        "may",
    ),
    messy(
        "prices_of_a_coin.json",
        '{"prices":[[1677628800000,23147.35],[1677715200000,23646.5]],'
        '"market_caps":[[1677628800000,446e9],[1677715200000,456e9]]}',
        "column_1¦column_2\n1677628800000¦23147.35\n1677715200000¦23646.5\n",
        "must",
    ),
    messy(
        "not_a_number.json",
        '[{"id": 1, "x": NaN}, {"id": 2, "x": 1.5}, {"id": 3, "x": -Infinity}]',
        "id¦x\n1¦NaN\n2¦1.5\n3¦-Infinity\n",
        "may",
    ),
    messy(
        "comma_too_many.json",
        '[\n  // exported by hand\n  {"id": 1, "name": "Ada"},\n  {"id": 2, "name": "Bo"},\n]\n',
        "id¦name\n1¦Ada\n2¦Bo\n",
        "must",
    ),
    messy(
        "texts_of_an_app.xml",
        """\
<?xml version="1.0" encoding="utf-8"?>
<resources>
    <string name="title">Tide &amp; time</string>
    <string name="save" translatable="false">Save</string>
    <string name="hint">It\\'s %1$s, isn\\'t it?</string>
</resources>
""",
        "string¦name¦translatable\nTide & time¦title¦\nSave¦save¦false\n"
        "It\\'s %1$s, isn\\'t it?¦hint¦\n",
        "may",
    ),
    messy(
        "translations.xlf",
        """\
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
<file source-language="en" target-language="de" original="app"><body>
<trans-unit id="a1"><source>Save</source><target>Speichern</target></trans-unit>
<trans-unit id="a2"><source>Hello, you</source><target state="new"/></trans-unit>
<trans-unit id="a3"><source>Quay</source><target>Kai</target><note>a wall</note></trans-unit>
</body></file></xliff>
""",
        "id¦source¦target¦target.state¦note\na1¦Save¦Speichern¦¦\na2¦Hello, you¦¦new¦\n"
        "a3¦Quay¦Kai¦¦a wall\n",
    ),
    messy(
        "fields_without_records.xml",
        """\
<people>
<name>Ada</name><age>36</age><town>York</town>
<name>Bo</name><age>41</age><town>Hull</town>
<name>Cy</name><age>19</age><town>Bath</town>
</people>
""",
        "name¦age¦town\nAda¦36¦York\nBo¦41¦Hull\nCy¦19¦Bath\n",
        "must",
    ),
    messy(
        "statement.camt.xml",
        """\
<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt>
<GrpHdr><MsgId>M1</MsgId><CreDtTm>2023-03-01T10:00:00</CreDtTm></GrpHdr>
<Stmt><Id>S1</Id><Acct><Id><IBAN>DE02500105170000000000</IBAN></Id></Acct>
<Ntry><Amt Ccy="EUR">8.40</Amt><CdtDbtInd>DBIT</CdtDbtInd><BookgDt><Dt>2023-03-01</Dt></BookgDt></Ntry>
<Ntry><Amt Ccy="EUR">1204.50</Amt><CdtDbtInd>CRDT</CdtDbtInd><BookgDt><Dt>2023-03-02</Dt></BookgDt>
<NtryRef>R2</NtryRef></Ntry>
<Ntry><Amt Ccy="EUR">89.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><BookgDt><Dt>2023-03-03</Dt></BookgDt></Ntry>
</Stmt></BkToCstmrStmt></Document>
""",  # noqa: E501
        """\
Amt¦Amt.Ccy¦CdtDbtInd¦BookgDt.Dt¦NtryRef
8.40¦EUR¦DBIT¦2023-03-01¦
1204.50¦EUR¦CRDT¦2023-03-02¦R2
89.00¦EUR¦DBIT¦2023-03-03¦
""",
    ),
    messy(
        "rows_of_cells.xml",
        """\
<table><row><cell>City</cell><cell>People</cell></row><row><cell>Oslo</cell><cell>697549</cell></row>
<row><cell>Bergen</cell><cell>285911</cell></row><row><cell>Hamar</cell><cell/></row></table>
""",
        "City¦People\nOslo¦697549\nBergen¦285911\nHamar¦\n",
        "must",
    ),
    messy(
        "street_map.osm",
        """\
<?xml version="1.0" encoding="UTF-8"?>
<osm version="0.6" generator="x">
 <bounds minlat="60.1" minlon="5.1" maxlat="60.5" maxlon="5.9"/>
 <node id="1" lat="60.39" lon="5.32"><tag k="amenity" v="cafe"/><tag k="name" v="Quay"/></node>
 <node id="2" lat="60.40" lon="5.33"/>
 <node id="3" lat="60.41" lon="5.34"/>
 <way id="9"><nd ref="1"/><nd ref="2"/><nd ref="3"/><tag k="highway" v="path"/></way>
</osm>
""",
        "id¦lat¦lon¦tag\n"
        '1¦60.39¦5.32¦[{"k": "amenity", "v": "cafe"}, {"k": "name", "v": "Quay"}]\n'
        "2¦60.40¦5.33¦\n3¦60.41¦5.34¦\n",
        "may",
    ),
)
NO_TABLES = (
    refused("nothing.json", "[]\n"),
    refused("notebook.txt", "{{ not json }}\n{{ nor this }}\n"),
)
