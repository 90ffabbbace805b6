"""JSON as services answer with it: envelopes, lines, maps, columns apart from rows."""

from tests.corpus.messy import messy, refused

FILES = (
    messy(
        "events.ndjson",
        """\
{"ts":"2023-03-01T10:00:00Z","level":"info","msg":"start","pid":1204}
{"ts":"2023-03-01T10:00:01.120Z","level":"warn","msg":"slow: 1,204 ms","req":{"id":"a1","ms":1204}}
{"level":"error","msg":"line\\nbroken","ts":"2023-03-01T10:00:04Z","tags":["db","α"]}
""",
        """\
ts¦level¦msg¦pid¦req.id¦req.ms¦tags
2023-03-01T10:00:00Z¦info¦start¦1204¦¦¦
2023-03-01T10:00:01.120Z¦warn¦slow: 1,204 ms¦¦a1¦1204¦
2023-03-01T10:00:04Z¦error¦line⏎broken¦¦¦¦["db", "α"]
""",
        "may",
    ),
    messy(
        "answer.json",
        """\
{"status": "ok", "count": 3, "page": {"number": 1, "of": 9}, "warnings": [],
 "result": {"items": [
  {"id": 9007199254740993, "sku": "007", "price": 9.90, "in_stock": true},
  {"id": 2, "sku": "1E5", "price": 12, "in_stock": false, "colour": "blue"},
  {"id": 3, "sku": "", "price": null, "in_stock": true}]}}
""",
        """\
id¦sku¦price¦in_stock¦colour
9007199254740993¦007¦9.90¦true¦
2¦1E5¦12¦false¦blue
3¦¦¦true¦
""",
    ),
    messy(
        "places.geojson",
        """\
{"type": "FeatureCollection",
 "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}},
 "features": [
  {"type": "Feature", "properties": {"name": "Quay", "depth": 4.10},
   "geometry": {"type": "Point", "coordinates": [5.32, 60.39]}},
  {"type": "Feature", "properties": {"name": "Mill, old", "depth": null},
   "geometry": {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]}},
  {"type": "Feature", "properties": {"name": "Hut", "depth": 0},
   "geometry": {"type": "Point", "coordinates": [5.4, 60.41]}}]}
""",
        """\
type¦properties.name¦properties.depth¦geometry.type¦geometry.coordinates
Feature¦Quay¦4.10¦Point¦[5.32, 60.39]
Feature¦Mill, old¦¦Polygon¦[[[0, 0], [1, 0], [1, 1], [0, 0]]]
Feature¦Hut¦0¦Point¦[5.4, 60.41]
""",
    ),
    messy(
        "open_data_rows.json",
        """\
{"meta": {"view": {"id": "abcd-1234", "name": "Trees", "columns": [
   {"id": -1, "name": "sid", "dataTypeName": "meta_data", "fieldName": ":sid"},
   {"id": 1, "name": "Species", "dataTypeName": "text", "fieldName": "species"},
   {"id": 2, "name": "Height", "dataTypeName": "number", "fieldName": "height"}]}},
 "data": [["row-1", "Quercus robur", "14.2"], ["row-2", "Acer", null],
          ["row-3", "Betula", "9.7"], ["row-4", "Fagus", "21"]]}
""",
        """\
sid¦Species¦Height
row-1¦Quercus robur¦14.2
row-2¦Acer¦
row-3¦Betula¦9.7
row-4¦Fagus¦21
""",
        "may",
    ),
    messy(
        "split_frame.json",
        '{"columns":["city","people"],"index":[0,1,2],'
        '"data":[["Bergen",285911],["Oslo",697549],["Hamar",null]]}',
        "city¦people\nBergen¦285911\nOslo¦697549\nHamar¦\n",
        "may",
    ),
    messy(
        "column_frame.json",
        '{"city":{"0":"Bergen","1":"Oslo","2":"Hamar"},"people":{"0":285911,"1":697549,"2":28535}}',
        "city¦people\nBergen¦285911\nOslo¦697549\nHamar¦28535\n",
        "must",
    ),
    messy(
        "search_hits.json",
        """\
{"took": 4, "timed_out": false, "_shards": {"total": 1, "failed": 0},
 "hits": {"total": {"value": 2, "relation": "eq"}, "max_score": 1.2, "hits": [
  {"_index": "shop", "_id": "a", "_score": 1.2, "_source": {"title": "Mug", "tags": ["x", "y"]}},
  {"_index": "shop", "_id": "b", "_score": 0.70, "_source": {"title": "Plate", "tags": []}}]}}
""",
        """\
_index¦_id¦_score¦_source.title¦_source.tags
shop¦a¦1.2¦Mug¦["x", "y"]
shop¦b¦0.70¦Plate¦[]
""",
        "may",
    ),
    messy(
        "service_of_entities.json",
        """\
\ufeff{"@odata.context":"https://x.example/$metadata#Orders","value":[
{"@odata.etag":"W/1","OrderID":1,"ShipTo":{"City":"Oslo","Zip":"0150"},"Freight":32.3800},
{"@odata.etag":"W/2","OrderID":2,"ShipTo":{"City":"Rome","Zip":null},"Freight":1e2}]}
""",
        """\
@odata.etag¦OrderID¦ShipTo.City¦ShipTo.Zip¦Freight
W/1¦1¦Oslo¦0150¦32.3800
W/2¦2¦Rome¦¦100
""",
        "may",
        line_end="\r\n",
    ),
    messy(
        "datastore.json",
        """\
{"help": "https://x.example/help", "success": true, "result": {"include_total": true,
 "resource_id": "0000-11", "fields": [{"id": "_id", "type": "int"}, {"id": "name", "type": "text"},
 {"id": "kind", "type": "text"}, {"id": "built", "type": "text"}], "records": [
 {"_id": 1, "name": "Mill", "kind": "wind", "built": "1841"},
 {"_id": 2, "name": "Lock", "kind": "", "built": null}], "total": 2}}
""",
        "_id¦name¦kind¦built\n1¦Mill¦wind¦1841\n2¦Lock¦¦\n",
        "may",
    ),
    messy(
        "page_then_list.json",
        """\
[{"page":1,"pages":1,"per_page":50,"total":3,"lastupdated":"2023-03-01"},
[{"indicator":{"id":"SP.POP","value":"Population, total"},"date":"2021","value":106537,"unit":""},
{"indicator":{"id":"SP.POP","value":"Population, total"},"date":"2020","value":106585,"unit":""},
{"indicator":{"id":"SP.POP","value":"Population, total"},"date":"2019","value":null,"unit":""}]]
""",
        """\
indicator.id¦indicator.value¦date¦value¦unit
SP.POP¦Population, total¦2021¦106537¦
SP.POP¦Population, total¦2020¦106585¦
SP.POP¦Population, total¦2019¦¦
""",
        "may",
    ),
    messy(
        "orders_with_lines.json",
        """\
[{"order": "A-1", "lines": [{"sku": "x", "qty": 1}, {"sku": "y", "qty": 2}, {"sku": "z", "qty": 3}]},
 {"order": "A-2", "lines": []},
 {"order": "A-3", "lines": [{"sku": "x", "qty": 9}, {"sku": "w", "qty": 1.50}]}]
""",  # noqa: E501
        """\
order¦lines
A-1¦[{"sku": "x", "qty": 1}, {"sku": "y", "qty": 2}, {"sku": "z", "qty": 3}]
A-2¦[]
A-3¦[{"sku": "x", "qty": 9}, {"sku": "w", "qty": 1.50}]
""",
        "may",
    ),
    messy(
        "cut_off.jsonl",
        '{"id":1,"name":"Ada"}\n{"id":2,"name":"Bo"}\n{"id":3,"name":"Cy"}\n{"id":4,"na',
        "id¦name\n1¦Ada\n2¦Bo\n3¦Cy\n",
        "must",
    ),
    messy(
        "server_table.json",
        '{"draw":1,"recordsTotal":3,"recordsFiltered":3,"data":[["Ada","<a href=\'/1\'>1</a>"],'
        '["Bo","-"],["Cy","<b>3</b>"]]}',
        "column_1¦column_2\nAda¦<a href='/1'>1</a>\nBo¦-\nCy¦<b>3</b>\n",
        "may",
    ),
    messy(
        "people_by_key.json",
        '{"u_881": {"name": "Ada", "age": 36}, "u_882": {"name": "Bo"}, "u_990": {"age": 41}}',
        "key¦name¦age\nu_881¦Ada¦36\nu_882¦Bo¦\nu_990¦¦41\n",
        "may",
    ),
    messy(
        "called_back.json",
        'cb([{"id": 1, "name": "Ada"}, {"id": 2, "name": "Bo"}]);\n',
        "id¦name\n1¦Ada\n2¦Bo\n",
        "must",
    ),
    messy(
        "several_lists.json",
        """\
{"exported": "2023-03-01", "customers": [{"id": 1, "name": "Ada"}, {"id": 2, "name": "Bo"}],
 "orders": [{"no": "A", "customer": 1}, {"no": "B", "customer": 1}, {"no": "C", "customer": 2}]}
""",
        "no¦customer\nA¦1\nB¦1\nC¦2\n",
        "must",
    ),
    messy(
        "dimension_cube.json",
        """\
{"version": "2.0", "class": "dataset", "id": ["year", "sex"], "size": [2, 2],
 "dimension": {"year": {"category": {"index": ["2020", "2021"]}},
               "sex": {"category": {"index": {"M": 0, "F": 1}, "label": {"M": "Men", "F": "Women"}}}},
 "value": [1204, 1210, 1199, null]}
""",  # noqa: E501
        "year¦sex¦value\n2020¦M¦1204\n2020¦F¦1210\n2021¦M¦1199\n2021¦F¦\n",
        "must",
    ),
)
NO_TABLES = (
    refused("numbers.json", "[1204, 88, 12.5, 9]\n"),
    refused("sentence.json", '"only a sentence"\n'),
)
