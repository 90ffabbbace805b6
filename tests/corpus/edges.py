"""Files in which one thing looks like another: titles like names, quotes like text."""

from tests.corpus.messy import messy

FILES = (
    messy(
        "title_with_one_comma.csv",
        "Population by region, 2019 and 2020\nregion,2019,2020\nNorth,10,12\nSouth,13,14\n",
        "region¦2019¦2020\nNorth¦10¦12\nSouth¦13¦14\n",
    ),
    messy(
        "keys_with_dates_above.csv",
        '"Konto:";"DE12 3456"\n"Von:";"01.01.2020"\n"Bis:";"31.01.2020"\n\n'
        '"Tag";"Zweck";"Betrag"\n"02.01.2020";"Miete";"-500,00"\n"03.01.2020";"Lohn";"2.000,00"\n',
        "Tag¦Zweck¦Betrag\n02.01.2020¦Miete¦-500,00\n03.01.2020¦Lohn¦2.000,00\n",
    ),
    messy(
        "pairs_above_of_the_same_width.csv",
        "Report,Sales\nDate,2021-01-01\n\nName,Amount\nAnn,3\nBo,4\nCy,8\n",
        "Name¦Amount\nAnn¦3\nBo¦4\nCy¦8\n",
        "may",
    ),
    messy(
        "unit_of_one_column.csv",
        "Station,Date,Rain\n,,mm\nA,2020-01-01,1.2\nA,2020-01-02,0.0\nB,2020-01-01,3.1\n",
        "Station¦Date¦Rain mm\nA¦2020-01-01¦1.2\nA¦2020-01-02¦0.0\nB¦2020-01-01¦3.1\n",
        "may",
    ),
    messy(
        "years_below_groups.csv",
        "Country,Trade,,People,\n,2019,2020,2019,2020\nItaly,1,2,3,4\nSpain,5,6,7,8\n",
        "Country¦Trade 2019¦Trade 2020¦People 2019¦People 2020\nItaly¦1¦2¦3¦4\nSpain¦5¦6¦7¦8\n",
        "may",
    ),
    messy(
        "entities_and_semicolons.csv",
        "id;text\n1;salt &amp; pepper\n2;this &lt; that\n3;you &amp; me\n",
        "id¦text\n1¦salt &amp; pepper\n2¦this &lt; that\n3¦you &amp; me\n",
        "must",
    ),
    messy(
        "prices_with_commas.csv",
        "id,price,stock\n1,12,50,3\n2,9,99,14\n3,20,00,7\n",
        "id¦price¦stock\n1¦12,50¦3\n2¦9,99¦14\n3¦20,00¦7\n",
        "must",
    ),
    messy(
        "quotes_open_and_close_far_apart.txt",
        'a|b|c\n1|"2|3\n4|5"|6\n7|8|9\n',
        'a¦b¦c\n1¦"2¦3\n4¦5"¦6\n7¦8¦9\n',
        "must",
    ),
    messy(
        "one_quote_is_never_closed.csv",
        'id,note\n1,"ok"\n2,"fine\n3,good\n4,bad\n',
        "id¦note\n1¦ok\n2¦fine\n3¦good\n4¦bad\n",
        "must",
    ),
    messy(
        "spaces_beside_tabs_and_quotes.tsv",
        'id\ttext\n1\t"He said ""x"""\n2\tok\n3\t"two\nlines"\n',
        'id¦text\n1¦He said "x"\n2¦ok\n3¦two⏎lines\n',
    ),
    messy(
        "wide_commas.csv",
        "名前，年齢\n山田，20\n鈴木，30\n",
        "名前¦年齢\n山田¦20\n鈴木¦30\n",
        "may",
    ),
    messy(
        "absent_in_the_first_row.csv",
        "id,score,weight\na1,absent,absent\na2,3.1,70\na3,2.9,80\na4,4.0,75\n",
        "id¦score¦weight\na1¦absent¦absent\na2¦3.1¦70\na3¦2.9¦80\na4¦4.0¦75\n",
    ),
    messy(
        "half_in_another_delimiter.csv",
        "id,name,city\n1,Ann,Leeds\n2;Bo;York\n3,Cy,Hull\n4,Di,Bath\n",
        "id¦name¦city\n1¦Ann¦Leeds\n2¦Bo¦York\n3¦Cy¦Hull\n4¦Di¦Bath\n",
        "must",
    ),
)
