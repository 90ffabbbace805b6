"""XML as feeds, services and offices write it."""

from tests.corpus.messy import messy, refused

FILES = (
    messy(
        "feed.rss",
        """\
<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel>
  <title>Harbour news</title><link>https://x.example/</link><ttl>60</ttl>
  <image><url>https://x.example/i.png</url><title>Harbour</title></image>
  <item><title>Quay shut &amp; open</title><link>https://x.example/1</link>
    <description><![CDATA[<p>Since <b>noon</b>.</p>]]></description><dc:creator>Ana</dc:creator>
    <pubDate>Wed, 01 Mar 2023 10:00:00 GMT</pubDate></item>
  <item><title>Tides, March</title><link>https://x.example/2</link><description/>
    <dc:creator>Bo Ek</dc:creator><pubDate>Thu, 02 Mar 2023 08:00:00 GMT</pubDate></item>
  <item><title>Lost: dog</title><link>https://x.example/3</link>
    <description>Brown.</description><pubDate>Fri, 03 Mar 2023 08:00:00 GMT</pubDate></item>
</channel>
</rss>
""",
        """\
title¦link¦description¦creator¦pubDate
Quay shut & open¦https://x.example/1¦<p>Since <b>noon</b>.</p>¦Ana¦Wed, 01 Mar 2023 10:00:00 GMT
Tides, March¦https://x.example/2¦¦Bo Ek¦Thu, 02 Mar 2023 08:00:00 GMT
Lost: dog¦https://x.example/3¦Brown.¦¦Fri, 03 Mar 2023 08:00:00 GMT
""",
    ),
    messy(
        "sitemap.xml",
        """\
<?xml version="1.0" encoding="UTF-8"?>
<?xml-stylesheet type="text/xsl" href="//x.example/main.xsl"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>https://x.example/</loc><lastmod>2023-03-01T10:00:00+00:00</lastmod></url>
<url><loc>https://x.example/a?b=1&amp;c=2</loc><priority>0.80</priority></url>
<url><loc>https://x.example/kaf%C3%A9</loc><lastmod>2022-12-31</lastmod></url>
</urlset>
""",
        """\
loc¦lastmod¦priority
https://x.example/¦2023-03-01T10:00:00+00:00¦
https://x.example/a?b=1&c=2¦¦0.80
https://x.example/kaf%C3%A9¦2022-12-31¦
""",
    ),
    messy(
        "posts.xml",
        """\
\ufeff<?xml version="1.0" encoding="utf-8"?>
<posts>
  <row Id="1" PostTypeId="1" Score="12" Body="&lt;p&gt;Why, &quot;oh&quot;?&lt;/p&gt;&#xA;" />
  <row Id="2" PostTypeId="2" ParentId="1" Score="-1" Body="Because" />
  <row Id="5" PostTypeId="1" Score="0" Body="" Title="Zoë's" />
</posts>
""",
        """\
Id¦PostTypeId¦Score¦Body¦ParentId¦Title
1¦1¦12¦<p>Why, "oh"?</p>⏎¦¦
2¦2¦-1¦Because¦1¦
5¦1¦0¦¦¦Zoë's
""",
        line_end="\r\n",
    ),
    messy(
        "soap_answer.xml",
        """\
<?xml version="1.0"?>
<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Header/><soap:Body>
<GetRatesResponse xmlns="http://x.example/"><GetRatesResult><Count>2</Count><Rates>
<Rate><Code>USD</Code><Value>1.0523</Value></Rate><Rate><Code>NOK</Code><Value>11.10</Value></Rate>
</Rates></GetRatesResult></GetRatesResponse></soap:Body></soap:Envelope>
""",
        "Code¦Value\nUSD¦1.0523\nNOK¦11.10\n",
    ),
    messy(
        "row_in_row.xml",
        """\
<response><row>
<row _id="row-1" _position="0"><name>Mill</name><built>1841</built></row>
<row _id="row-2" _position="0"><name>Lock</name></row>
<row _id="row-3" _position="0"><name>Weir, old</name><built>1790</built></row>
</row></response>
""",
        """\
_id¦_position¦name¦built
row-1¦0¦Mill¦1841
row-2¦0¦Lock¦
row-3¦0¦Weir, old¦1790
""",
    ),
    messy(
        "rates_in_cubes.xml",
        """\
<?xml version="1.0" encoding="UTF-8"?>
<gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" xmlns="http://x.example/ref">
<gesmes:subject>Reference rates</gesmes:subject>
<gesmes:Sender><gesmes:name>Bank</gesmes:name></gesmes:Sender>
<Cube><Cube time='2023-03-01'>
<Cube currency='USD' rate='1.0684'/><Cube currency='JPY' rate='145.30'/>
<Cube currency='ISK' rate='151.1'/></Cube></Cube></gesmes:Envelope>
""",
        "currency¦rate\nUSD¦1.0684\nJPY¦145.30\nISK¦151.1\n",
        "may",
    ),
    messy(
        "named_fields.xml",
        """\
<Root><data>
<record><field name="Country or Area" key="ABW">Aruba</field><field name="Year">2020</field>
<field name="Value">106585</field></record>
<record><field name="Country or Area" key="AND">Andorra</field><field name="Year">2020</field>
<field name="Value"/></record>
<record><field name="Country or Area" key="AGO">Angola</field><field name="Year">2020</field>
<field name="Value">33428486</field></record>
</data></Root>
""",
        "Country or Area¦Year¦Value\nAruba¦2020¦106585\nAndorra¦2020¦\nAngola¦2020¦33428486\n",
        "must",
    ),
    messy(
        "spreadsheet_2003.xml",
        """\
<?xml version="1.0"?>
<?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Worksheet ss:Name="Sheet1"><Table>
<Row><Cell><Data ss:Type="String">City</Data></Cell><Cell><Data ss:Type="String">People</Data></Cell></Row>
<Row><Cell><Data ss:Type="String">Oslo</Data></Cell><Cell><Data ss:Type="Number">697549</Data></Cell></Row>
<Row><Cell ss:Index="2"><Data ss:Type="Number">285911</Data></Cell></Row>
</Table></Worksheet></Workbook>
""",  # noqa: E501
        "City¦People\nOslo¦697549\n¦285911\n",
        "must",
    ),
    messy(
        "track.gpx",
        """\
<?xml version="1.0" encoding="UTF-8" standalone="no" ?>
<gpx version="1.1" creator="Watch" xmlns="http://www.topografix.com/GPX/1/1">
<metadata><time>2023-03-01T10:00:00Z</time></metadata>
<trk><name>Walk</name><trkseg>
<trkpt lat="60.3913" lon="5.3221"><ele>12.40</ele><time>2023-03-01T10:00:00Z</time></trkpt>
<trkpt lat="60.3914" lon="5.3229"><ele>12.90</ele><time>2023-03-01T10:00:05Z</time></trkpt>
<trkpt lat="60.3916" lon="5.3238"><time>2023-03-01T10:00:11Z</time></trkpt>
</trkseg></trk></gpx>
""",
        """\
lat¦lon¦ele¦time
60.3913¦5.3221¦12.40¦2023-03-01T10:00:00Z
60.3914¦5.3229¦12.90¦2023-03-01T10:00:05Z
60.3916¦5.3238¦¦2023-03-01T10:00:11Z
""",
    ),
    messy(
        "marks_on_a_map.kml",
        """\
<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>Marks</name>
<Style id="s"><IconStyle><scale>1.1</scale></IconStyle></Style>
<Placemark><name>Quay</name><styleUrl>#s</styleUrl><Point><coordinates>5.32,60.39,0</coordinates></Point></Placemark>
<Placemark><name>Mill &amp; lock</name><description>old</description><Point><coordinates>5.40,60.41,0</coordinates></Point></Placemark>
</Document></kml>
""",  # noqa: E501
        """\
name¦styleUrl¦Point.coordinates¦description
Quay¦#s¦5.32,60.39,0¦
Mill & lock¦¦5.40,60.41,0¦old
""",
    ),
    messy(
        "products_latin.xml",
        """\
<?xml version="1.0" encoding="ISO-8859-1"?>
<catalogue date="2023-03-01">
<!-- exporté le 1er mars -->
<produit ref="0017" actif="oui"><nom>Théière émaillée</nom><prix devise="EUR">24,90</prix></produit>
<produit ref="0018" actif="non"><nom>Boîte</nom><prix devise="CHF">12,00</prix></produit>
<produit ref="0020" actif="oui"><nom>Crémaillère</nom><prix devise="EUR"/></produit>
</catalogue>
""",
        """\
ref¦actif¦nom¦prix¦prix.devise
0017¦oui¦Théière émaillée¦24,90¦EUR
0018¦non¦Boîte¦12,00¦CHF
0020¦oui¦Crémaillère¦¦EUR
""",
        encoding="latin-1",
    ),
    messy(
        "two_kinds_of_records.xml",
        """\
<export><customer id="1"><name>Ada</name></customer><customer id="2"><name>Bo</name></customer>
<order no="A"><customer>1</customer></order><order no="B"><customer>1</customer></order></export>
""",
        "id¦name\n1¦Ada\n2¦Bo\n",
        "must",
    ),
)
NO_TABLES = (
    refused(
        "page.xhtml",
        '<?xml version="1.0"?>\n<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title>'
        "</head><body><p>one</p><p>two</p></body></html>\n",
    ),
)
