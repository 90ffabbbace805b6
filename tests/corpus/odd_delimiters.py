"""Files with delimiters few expect, without any, and with columns of fixed width."""

from tests.corpus.messy import messy

FILES = (
    messy(
        "accounts_colon.txt",
        """\
login:uid:gid:home:shell
root:0:0:/root:/bin/bash
www-data:33:33:/var/www:/usr/sbin/nologin
ada:1000:1000:/home/ada:/bin/zsh
backup:34:34:/var/backups:/usr/sbin/nologin
""",
        """\
login¦uid¦gid¦home¦shell
root¦0¦0¦/root¦/bin/bash
www-data¦33¦33¦/var/www¦/usr/sbin/nologin
ada¦1000¦1000¦/home/ada¦/bin/zsh
backup¦34¦34¦/var/backups¦/usr/sbin/nologin
""",
    ),
    messy(
        "tilde.dat",
        """\
NDB_No~Nutr_No~Nutr_Val~Src
01001~203~0.85~1
01001~204~81.11~1
01001~205~0.06~4
01002~203~0.49~1
""",
        """\
NDB_No¦Nutr_No¦Nutr_Val¦Src
01001¦203¦0.85¦1
01001¦204¦81.11¦1
01001¦205¦0.06¦4
01002¦203¦0.49¦1
""",
    ),
    messy(
        "foods_caret_tilde_quotes.txt",
        """\
~code~^~group~^~description~^~water~^~energy~
~01001~^~0100~^~Butter, salted~^15.87^717
~01002~^~0100~^~Butter, whipped, with salt~^16.72^718
~01009~^~0100~^~Cheese, cheddar~^37.02^404
~02003~^~0200~^~Spices, basil, dried~^10.35^
""",
        """\
code¦group¦description¦water¦energy
01001¦0100¦Butter, salted¦15.87¦717
01002¦0100¦Butter, whipped, with salt¦16.72¦718
01009¦0100¦Cheese, cheddar¦37.02¦404
02003¦0200¦Spices, basil, dried¦10.35¦
""",
        "may",
    ),
    messy(
        "caret.csv",
        """\
order^sku^qty^note
9001^AX-11^3^leave at door, ring twice
9002^AX-12^1^
9003^BQ-70^12^gift; no invoice
9004^AX-11^2^
""",
        """\
order¦sku¦qty¦note
9001¦AX-11¦3¦leave at door, ring twice
9002¦AX-12¦1¦
9003¦BQ-70¦12¦gift; no invoice
9004¦AX-11¦2¦
""",
    ),
    messy(
        "hash.csv",
        """\
Codigo#Produto#Preco#Estoque
101#Café torrado 500g#18,90#40
102#Açúcar mascavo#9,50#0
103#Feijão preto#7,25#112
104#Pão de queijo congelado#22,00#18
""",
        """\
Codigo¦Produto¦Preco¦Estoque
101¦Café torrado 500g¦18,90¦40
102¦Açúcar mascavo¦9,50¦0
103¦Feijão preto¦7,25¦112
104¦Pão de queijo congelado¦22,00¦18
""",
        "may",
    ),
    messy(
        "films.dat",
        """\
1::Paper Lanterns (1995)::Animation|Children's|Comedy
2::The Jumping Game (1995)::Adventure|Children's|Fantasy
3::Old and Grumpy (1995)::Comedy|Romance
4::Exhaling: A Story (1995)::Comedy|Drama
5::Bride's Father II (1995)::Comedy
""",
        """\
column_1¦column_2¦column_3
1¦Paper Lanterns (1995)¦Animation|Children's|Comedy
2¦The Jumping Game (1995)¦Adventure|Children's|Fantasy
3¦Old and Grumpy (1995)¦Comedy|Romance
4¦Exhaling: A Story (1995)¦Comedy|Drama
5¦Bride's Father II (1995)¦Comedy
""",
        "may",
    ),
    messy(
        "double_pipe.txt",
        """\
CASE_NO||FILED||COURT||PARTIES
19-0443||2019-03-02||Kings||Lee | Lee
19-0444||2019-03-02||Queens||State v. Morrow
19-0447||2019-03-04||||In re Estate of Dahl
19-0451||2019-03-05||Kings||Amato | City
""",
        """\
CASE_NO¦FILED¦COURT¦PARTIES
19-0443¦2019-03-02¦Kings¦Lee | Lee
19-0444¦2019-03-02¦Queens¦State v. Morrow
19-0447¦2019-03-04¦¦In re Estate of Dahl
19-0451¦2019-03-05¦Kings¦Amato | City
""",
    ),
    messy(
        "aligned_by_spaces.txt",
        """\
NAME              READY   STATUS             RESTARTS   AGE
web-6d4cf56db6    1/1     Running            0          4d2h
worker-0          0/1     CrashLoopBackOff   117        12h
mail-relay        1/1     Running            2          31d
cron-28001        0/1     Completed          0          6m
""",
        """\
NAME¦READY¦STATUS¦RESTARTS¦AGE
web-6d4cf56db6¦1/1¦Running¦0¦4d2h
worker-0¦0/1¦CrashLoopBackOff¦117¦12h
mail-relay¦1/1¦Running¦2¦31d
cron-28001¦0/1¦Completed¦0¦6m
""",
    ),
    messy(
        "fixed_width_with_gaps.txt",
        """\
STN    NAME                 LAT     LON      ELEV  SINCE
10384  BERLIN-TEMPELHOF     52.468   13.402    48  1948
10469  LEIPZIG/HALLE        51.436   12.240   131  1973
10763  NUERNBERG                                   1955
10870  MUENCHEN AIRPORT     48.348   11.813   446
10962  HOHENPEISSENBERG     47.801   11.011   977  1781
""",
        """\
STN¦NAME¦LAT¦LON¦ELEV¦SINCE
10384¦BERLIN-TEMPELHOF¦52.468¦13.402¦48¦1948
10469¦LEIPZIG/HALLE¦51.436¦12.240¦131¦1973
10763¦NUERNBERG¦¦¦¦1955
10870¦MUENCHEN AIRPORT¦48.348¦11.813¦446¦
10962¦HOHENPEISSENBERG¦47.801¦11.011¦977¦1781
""",
        "may",
    ),
    messy(
        "matrix_by_spaces.dat",
        """\
  0.000   1.0000E+00  -3.2100E-02
  0.010   9.9980E-01  -3.1900E-02
  0.020   9.9921E-01  -3.1400E-02
  0.030   9.9822E-01  -3.0500E-02
  0.040   9.9684E-01  -2.9300E-02
""",
        """\
column_1¦column_2¦column_3
0.000¦1.0000E+00¦-3.2100E-02
0.010¦9.9980E-01¦-3.1900E-02
0.020¦9.9921E-01¦-3.1400E-02
0.030¦9.9822E-01¦-3.0500E-02
0.040¦9.9684E-01¦-2.9300E-02
""",
        "may",
    ),
    messy(
        "single_spaces.txt",
        """\
frame x y width height label
0001 12 40 118 96 car
0002 14 41 118 96 car
0003 17 41 120 97 car
0004 301 22 40 88 person
""",
        """\
frame¦x¦y¦width¦height¦label
0001¦12¦40¦118¦96¦car
0002¦14¦41¦118¦96¦car
0003¦17¦41¦120¦97¦car
0004¦301¦22¦40¦88¦person
""",
    ),
    messy(
        "spaces_and_quotes.txt",
        """\
plot species height "sampled on" observer
12 "Quercus robur" 14.2 2018-06-01 "K. Lund"
12 "Acer campestre" 6.0 2018-06-01 "K. Lund"
13 Betula 9.7 2018-06-02 Haas
14 "Fagus sylvatica" NA 2018-06-02 "B. Haas"
""",
        """\
plot¦species¦height¦sampled on¦observer
12¦Quercus robur¦14.2¦2018-06-01¦K. Lund
12¦Acer campestre¦6.0¦2018-06-01¦K. Lund
13¦Betula¦9.7¦2018-06-02¦Haas
14¦Fagus sylvatica¦NA¦2018-06-02¦B. Haas
""",
    ),
    messy(
        "hive_control_a.txt",
        "user_id\x01country\x01signed_up\n"
        "88123\x01PT\x012020-02-11\n"
        "88124\x01\x012020-02-11\n"
        "88131\x01BR\x012020-02-13\n",
        "user_id¦country¦signed_up\n88123¦PT¦2020-02-11\n88124¦¦2020-02-11\n88131¦BR¦2020-02-13\n",
        "may",
    ),
)
