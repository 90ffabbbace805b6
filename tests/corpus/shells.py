"""What commands and statistics programs print, kept in a file."""

from tests.corpus.messy import messy

FILES = (
    messy(
        "pip_list.txt",
        """\
Package            Version
------------------ ---------
certifi            2023.7.22
charset-normalizer 3.2.0
numpy              1.25.2
pandas             2.0.3
""",
        "Package¦Version\ncertifi¦2023.7.22\ncharset-normalizer¦3.2.0\nnumpy¦1.25.2\n"
        "pandas¦2.0.3\n",
        "may",
    ),
    messy(
        "conda_list.txt",
        """\
# packages in environment at /opt/env:
#
# Name                    Version                   Build  Channel
blas                      1.0                         mkl
ca-certificates           2023.7.22            hbcca054_0    conda-forge
numpy                     1.25.2          py311h08b1b3b_0
python                    3.11.4               h955ad1f_0    conda-forge
""",
        """\
Name¦Version¦Build¦Channel
blas¦1.0¦mkl¦
ca-certificates¦2023.7.22¦hbcca054_0¦conda-forge
numpy¦1.25.2¦py311h08b1b3b_0¦
python¦3.11.4¦h955ad1f_0¦conda-forge
""",
        "may",
    ),
    messy(
        "tasks.txt",
        """\

Image Name                     PID Session Name        Session#    Mem Usage
========================= ======== ================ =========== ============
System Idle Process              0 Services                   0          8 K
System                           4 Services                   0      1.204 K
svchost.exe                    812 Services                   0     12.088 K
notepad.exe                   9020 Console                    1     18.440 K
""",
        """\
Image Name¦PID¦Session Name¦Session#¦Mem Usage
System Idle Process¦0¦Services¦0¦8 K
System¦4¦Services¦0¦1.204 K
svchost.exe¦812¦Services¦0¦12.088 K
notepad.exe¦9020¦Console¦1¦18.440 K
""",
        "may",
        line_end="\r\n",
    ),
    messy(
        "services.txt",
        """\

Status   Name               DisplayName
------   ----               -----------
Running  Appinfo            Application Information
Stopped  AppMgmt            Application Management
Running  Audiosrv           Windows Audio
Stopped  WSearch


""",
        """\
Status¦Name¦DisplayName
Running¦Appinfo¦Application Information
Stopped¦AppMgmt¦Application Management
Running¦Audiosrv¦Windows Audio
Stopped¦WSearch¦
""",
        "may",
        line_end="\r\n",
    ),
    messy(
        "typed_export.csv",
        """\
#TYPE System.ServiceProcess.ServiceController
"Name","Status","CanStop","DependentServices"
"Appinfo","Running","True","System.ServiceProcess.ServiceController[]"
"AppMgmt","Stopped","False",
"Audiosrv","Running","True","a, b"
""",
        "Name¦Status¦CanStop¦DependentServices\n"
        "Appinfo¦Running¦True¦System.ServiceProcess.ServiceController[]\n"
        "AppMgmt¦Stopped¦False¦\nAudiosrv¦Running¦True¦a, b\n",
        line_end="\r\n",
    ),
    messy(
        "containers.txt",
        """\
CONTAINER ID   IMAGE          COMMAND                  CREATED        STATUS                  PORTS                  NAMES
3f2a9c1d0a55   postgres:15    "docker-entrypoint.s…"   2 hours ago    Up 2 hours              5432/tcp               db
88b10de0a55e   web:latest     "gunicorn app:app"       2 hours ago    Up 2 hours (healthy)    0.0.0.0:80->8080/tcp   web
0c41f77a9001   busybox        "sh"                     3 days ago     Exited (0) 3 days ago                          old_box
""",  # noqa: E501
        """\
CONTAINER ID¦IMAGE¦COMMAND¦CREATED¦STATUS¦PORTS¦NAMES
3f2a9c1d0a55¦postgres:15¦"docker-entrypoint.s…"¦2 hours ago¦Up 2 hours¦5432/tcp¦db
88b10de0a55e¦web:latest¦"gunicorn app:app"¦2 hours ago¦Up 2 hours (healthy)¦0.0.0.0:80->8080/tcp¦web
0c41f77a9001¦busybox¦"sh"¦3 days ago¦Exited (0) 3 days ago¦¦old_box
""",
        "may",
    ),
    messy(
        "printed_frame.txt",
        """\
          city  people    since
0       Bergen  285911     1070
1         Oslo  697549     1040
2   Mo i Rana   20409     1923
3  Kristiansund    NaN     1742
""",
        "column_1¦city¦people¦since\n0¦Bergen¦285911¦1070\n1¦Oslo¦697549¦1040\n"
        "2¦Mo i Rana¦20409¦1923\n3¦Kristiansund¦NaN¦1742\n",
        "may",
    ),
    messy(
        "printed_cars.txt",
        """\
                   mpg cyl  disp  hp
Mazda RX4         21.0   6 160.0 110
Datsun 710        22.8   4 108.0  93
Hornet Sportabout 18.7   8 360.0 175
Valiant           18.1   6 225.0 105
""",
        "column_1¦mpg¦cyl¦disp¦hp\nMazda RX4¦21.0¦6¦160.0¦110\nDatsun 710¦22.8¦4¦108.0¦93\n"
        "Hornet Sportabout¦18.7¦8¦360.0¦175\nValiant¦18.1¦6¦225.0¦105\n",
        "may",
    ),
    messy(
        "node_hotfixes.csv",
        "\nNode,HotFixID,InstalledOn\nHOST,KB5001,3/1/2023\nHOST,KB5002,12/31/2022\nHOST,KB5003,\n",
        "Node¦HotFixID¦InstalledOn\nHOST¦KB5001¦3/1/2023\nHOST¦KB5002¦12/31/2022\nHOST¦KB5003¦\n",
        encoding="utf-16",
        line_end="\r\r\n",
    ),
    messy(
        "listed_cases.txt",
        """\
     +------------------------------+
     | make            price    mpg |
     |------------------------------|
  1. | AMC Concord     4,099     22 |
  2. | AMC Pacer       4,749     17 |
  3. | Buick Electra   7,827      . |
     +------------------------------+
""",
        "column_1¦make¦price¦mpg\n1.¦AMC Concord¦4,099¦22\n2.¦AMC Pacer¦4,749¦17\n"
        "3.¦Buick Electra¦7,827¦.\n",
        "must",
    ),
    messy(
        "block_devices.txt",
        """\
NAME   MAJ:MIN RM   SIZE RO TYPE MOUNTPOINT
sda      8:0    0 111.8G  0 disk
├─sda1   8:1    0   512M  0 part /boot/efi
└─sda2   8:2    0 111.3G  0 part /
sr0     11:0    1  1024M  0 rom
""",
        """\
NAME¦MAJ:MIN¦RM¦SIZE¦RO¦TYPE¦MOUNTPOINT
sda¦8:0¦0¦111.8G¦0¦disk¦
├─sda1¦8:1¦0¦512M¦0¦part¦/boot/efi
└─sda2¦8:2¦0¦111.3G¦0¦part¦/
sr0¦11:0¦1¦1024M¦0¦rom¦
""",
        "may",
    ),
    messy(
        "sqlite_columns.txt",
        """\
id  city       people
--  ---------  ------
7   Bergen     285911
8   Oslo       697549
9   Mo i Rana
""",
        "id¦city¦people\n7¦Bergen¦285911\n8¦Oslo¦697549\n9¦Mo i Rana¦\n",
        "may",
    ),
)
