"""Logs and the listings of shells: what machines write down, line by line."""

from tests.corpus.messy import cells_of, messy, refused, tabbed

HISTORY = """\
3f2a9c1|Ana Sousa|2023-03-01 09:12:11 +0100|Fix the | in titles
88b10de|Bo Ek|2023-02-28 17:40:02 +0000|Add tests, docs
0c41f77|O'Young, Cy|2023-02-28 08:00:59 -0500|Revert "Add cache"
a7e0021|Ana Sousa|2023-02-27 23:10:00 +0100|Initial commit
"""
VISITS = """\
2023-03-01→00:00:11→LHR5→1204→203.0.113.9→GET→/index.html→200→Mozilla/5.0%20(X11)→-
2023-03-01→00:00:12→LHR5→88→203.0.113.9→GET→/a.css→304→Mozilla/5.0%20(X11)→v=2
2023-03-01→00:01:40→OSL50→512→2001:db8::1→POST→/api→502→curl/7.88.1→-
"""

FILES = (
    messy(
        "iis.log",
        """\
#Software: Microsoft Internet Information Services 10.0
#Version: 1.0
#Date: 2023-03-01 00:00:02
#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port c-ip cs(User-Agent) sc-status
2023-03-01 00:00:02 10.0.0.4 GET /default.htm - 443 203.0.113.9 Mozilla/5.0+(X11) 200
2023-03-01 00:00:09 10.0.0.4 GET /logo.png v=2&x=1 443 203.0.113.9 Mozilla/5.0+(X11) 304
2023-03-01 00:02:44 10.0.0.4 POST /api/order - 443 198.51.100.7 curl/7.88.1 500
2023-03-01 00:03:00 10.0.0.4 HEAD / - 80 198.51.100.7 - 301
""",
        """\
date¦time¦s-ip¦cs-method¦cs-uri-stem¦cs-uri-query¦s-port¦c-ip¦cs(User-Agent)¦sc-status
2023-03-01¦00:00:02¦10.0.0.4¦GET¦/default.htm¦-¦443¦203.0.113.9¦Mozilla/5.0+(X11)¦200
2023-03-01¦00:00:09¦10.0.0.4¦GET¦/logo.png¦v=2&x=1¦443¦203.0.113.9¦Mozilla/5.0+(X11)¦304
2023-03-01¦00:02:44¦10.0.0.4¦POST¦/api/order¦-¦443¦198.51.100.7¦curl/7.88.1¦500
2023-03-01¦00:03:00¦10.0.0.4¦HEAD¦/¦-¦80¦198.51.100.7¦-¦301
""",
        "may",
    ),
    messy(
        "edge_visits.tsv",
        "#Version: 1.0\n#Fields: date time x-edge-location sc-bytes c-ip cs-method cs-uri-stem "
        "sc-status cs(User-Agent) cs-uri-query\n" + tabbed(VISITS),
        "date¦time¦x-edge-location¦sc-bytes¦c-ip¦cs-method¦cs-uri-stem¦sc-status¦cs(User-Agent)"
        "¦cs-uri-query\n" + cells_of(VISITS, "→"),
        "may",
    ),
    messy(
        "access.log",
        """\
203.0.113.9 - - [01/Mar/2023:10:00:00 +0100] "GET / HTTP/1.1" 200 5120 "-" "Mozilla/5.0 (X11; x)"
203.0.113.9 - ana [01/Mar/2023:10:00:01 +0100] "GET /a b HTTP/1.1" 404 - "http://x.example/" "curl"
198.51.100.7 - - [01/Mar/2023:10:00:04 +0100] "POST /api HTTP/2" 201 12 "-" "say \\"hi\\""
198.51.100.7 - - [01/Mar/2023:10:00:09 +0100] "-" 408 0 "-" "-"
""",
        """\
column_1¦column_2¦column_3¦column_4¦column_5¦column_6¦column_7¦column_8¦column_9
203.0.113.9¦-¦-¦01/Mar/2023:10:00:00 +0100¦GET / HTTP/1.1¦200¦5120¦-¦Mozilla/5.0 (X11; x)
203.0.113.9¦-¦ana¦01/Mar/2023:10:00:01 +0100¦GET /a b HTTP/1.1¦404¦-¦http://x.example/¦curl
198.51.100.7¦-¦-¦01/Mar/2023:10:00:04 +0100¦POST /api HTTP/2¦201¦12¦-¦say "hi"
198.51.100.7¦-¦-¦01/Mar/2023:10:00:09 +0100¦-¦408¦0¦-¦-
""",
        "may",
    ),
    messy(
        "history.txt",
        HISTORY,
        """\
column_1¦column_2¦column_3¦column_4
3f2a9c1¦Ana Sousa¦2023-03-01 09:12:11 +0100¦Fix the | in titles
88b10de¦Bo Ek¦2023-02-28 17:40:02 +0000¦Add tests, docs
0c41f77¦O'Young, Cy¦2023-02-28 08:00:59 -0500¦Revert "Add cache"
a7e0021¦Ana Sousa¦2023-02-27 23:10:00 +0100¦Initial commit
""",
        "may",
    ),
    messy(
        "commits.csv",
        """\
commit,author,date,subject
3f2a9c1,Ana Sousa,2023-03-01T09:12:11+01:00,"Fix the "quoted" titles"
88b10de,Bo Ek,2023-02-28T17:40:02+00:00,"Add tests, docs"
0c41f77,"O'Young, Cy",2023-02-28T08:00:59-05:00,"Revert "Add cache, again""
a7e0021,Ana Sousa,2023-02-27T23:10:00+01:00,"Initial commit"
""",
        """\
commit¦author¦date¦subject
3f2a9c1¦Ana Sousa¦2023-03-01T09:12:11+01:00¦Fix the "quoted" titles
88b10de¦Bo Ek¦2023-02-28T17:40:02+00:00¦Add tests, docs
0c41f77¦O'Young, Cy¦2023-02-28T08:00:59-05:00¦Revert "Add cache, again"
a7e0021¦Ana Sousa¦2023-02-27T23:10:00+01:00¦Initial commit
""",
        "may",
    ),
    messy(
        "processes.txt",
        """\
USER         PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND
root           1  0.0  0.1 168140 11316 ?        Ss   Feb27   0:04 /sbin/init splash
root         412  0.0  0.0  25216  7900 ?        Ss   Feb27   0:00 /lib/systemd/systemd-udevd
ana         2201  1.2  3.4 412000 60120 pts/0    Sl+  09:12   1:44 python -m http.server 80
bo          2340  0.0  0.0   9040  3200 pts/1    R+   10:00   0:00 ps aux
""",
        """\
USER¦PID¦%CPU¦%MEM¦VSZ¦RSS¦TTY¦STAT¦START¦TIME¦COMMAND
root¦1¦0.0¦0.1¦168140¦11316¦?¦Ss¦Feb27¦0:04¦/sbin/init splash
root¦412¦0.0¦0.0¦25216¦7900¦?¦Ss¦Feb27¦0:00¦/lib/systemd/systemd-udevd
ana¦2201¦1.2¦3.4¦412000¦60120¦pts/0¦Sl+¦09:12¦1:44¦python -m http.server 80
bo¦2340¦0.0¦0.0¦9040¦3200¦pts/1¦R+¦10:00¦0:00¦ps aux
""",
        "may",
    ),
    messy(
        "disks.txt",
        """\
Filesystem      Size  Used Avail Use% Mounted on
udev            3.9G     0  3.9G   0% /dev
/dev/sda1       110G   61G   44G  59% /
tmpfs           3.9G  1.2M  3.9G   1% /run
/dev/sdb1       1.8T  1.1T  640G  64% /srv/file share
""",
        """\
Filesystem¦Size¦Used¦Avail¦Use%¦Mounted on
udev¦3.9G¦0¦3.9G¦0%¦/dev
/dev/sda1¦110G¦61G¦44G¦59%¦/
tmpfs¦3.9G¦1.2M¦3.9G¦1%¦/run
/dev/sdb1¦1.8T¦1.1T¦640G¦64%¦/srv/file share
""",
        "may",
    ),
    messy(
        "counters.csv",
        r""""(PDH-CSV 4.0) (W. Europe Standard Time)(-60)","\\HOST\Memory\Available MBytes","\\HOST\Disk(0 C:)\% Idle, total"
"03/01/2023 10:00:00.123","2048"," "
"03/01/2023 10:00:15.120","2040","97.120011"
"03/01/2023 10:00:30.119","1999","99.9"
""",  # noqa: E501
        r"""(PDH-CSV 4.0) (W. Europe Standard Time)(-60)¦\\HOST\Memory\Available MBytes¦\\HOST\Disk(0 C:)\% Idle, total
03/01/2023 10:00:00.123¦2048¦ 
03/01/2023 10:00:15.120¦2040¦97.120011
03/01/2023 10:00:30.119¦1999¦99.9
""",  # noqa: E501
        line_end="\r\n",
    ),
    messy(
        "load.txt",
        """\
Linux 5.15.0 (host) \t03/01/23 \t_x86_64_\t(4 CPU)

00:00:01        CPU     %user     %nice   %system   %iowait    %steal     %idle
00:10:01        all      1.20      0.00      0.61      0.04      0.00     98.15
00:20:01        all      3.02      0.00      0.77      0.12      0.00     96.09
00:30:01        all     12.90      0.11      2.04      1.00      0.00     83.95
Average:        all      5.71      0.04      1.14      0.39      0.00     92.73
""",
        """\
00:00:01¦CPU¦%user¦%nice¦%system¦%iowait¦%steal¦%idle
00:10:01¦all¦1.20¦0.00¦0.61¦0.04¦0.00¦98.15
00:20:01¦all¦3.02¦0.00¦0.77¦0.12¦0.00¦96.09
00:30:01¦all¦12.90¦0.11¦2.04¦1.00¦0.00¦83.95
Average:¦all¦5.71¦0.04¦1.14¦0.39¦0.00¦92.73
""",
        "must",
    ),
    messy(
        "files.txt",
        """\
total 48
drwxr-xr-x  5 ana  staff    160 Mar  1 09:12 docs
-rw-r--r--  1 ana  staff  12044 Feb 27  2022 notes final.txt
-rwxr-x---  1 root wheel    880 Mar  1 10:00 run.sh
lrwxr-xr-x  1 ana  staff      8 Jan 12 08:41 tmp -> /var/tmp
""",
        """\
column_1¦column_2¦column_3¦column_4¦column_5¦column_6¦column_7¦column_8¦column_9
drwxr-xr-x¦5¦ana¦staff¦160¦Mar¦1¦09:12¦docs
-rw-r--r--¦1¦ana¦staff¦12044¦Feb¦27¦2022¦notes final.txt
-rwxr-x---¦1¦root¦wheel¦880¦Mar¦1¦10:00¦run.sh
lrwxr-xr-x¦1¦ana¦staff¦8¦Jan¦12¦08:41¦tmp -> /var/tmp
""",
        "must",
    ),
    messy(
        "readings_with_restarts.csv",
        """\
ms,temp_c,rh
0,21.4,40.1
1000,21.4,40.2
2000,21.5,40.2
[boot] sensor reset, reason=4
ms,temp_c,rh
0,21.6,39.9
1000,21.6,39.8
2000,21.7,39.8
""",
        "ms¦temp_c¦rh\n0¦21.4¦40.1\n1000¦21.4¦40.2\n2000¦21.5¦40.2\n0¦21.6¦39.9\n"
        "1000¦21.6¦39.8\n2000¦21.7¦39.8\n",
        "must",
    ),
    messy(
        "messages.log",
        """\
Mar  1 09:12:11 host sshd[881]: Accepted publickey for ana from 203.0.113.9 port 50122 ssh2
Mar  1 09:12:11 host systemd[1]: Started Session 4 of user ana.
Mar  1 09:15:01 host CRON[902]: (root) CMD (test -x /usr/bin/tidy && tidy --all)
Mar  1 09:17:40 host kernel: [ 1204.881] usb 1-2: new high-speed USB device, number 5
Mar  1 09:17:41 host kernel: usb 1-2: Product: Stick
""",
        """\
column_1¦column_2¦column_3
Mar  1 09:12:11¦host¦sshd[881]: Accepted publickey for ana from 203.0.113.9 port 50122 ssh2
Mar  1 09:12:11¦host¦systemd[1]: Started Session 4 of user ana.
Mar  1 09:15:01¦host¦CRON[902]: (root) CMD (test -x /usr/bin/tidy && tidy --all)
Mar  1 09:17:40¦host¦kernel: [ 1204.881] usb 1-2: new high-speed USB device, number 5
Mar  1 09:17:41¦host¦kernel: usb 1-2: Product: Stick
""",
        "must",
    ),
)
NO_TABLES = (
    refused(
        "history.log",
        """\
commit 3f2a9c1d0a55e1f0c3b5a2f7d1e8c9b0a1f2e3d4
Author: Ana Sousa <ana@example.org>
Date:   Wed Mar 1 09:12:11 2023 +0100

    Fix titles

commit 88b10de0a55e1f0c3b5a2f7d1e8c9b0a1f2e3d4aa
Author: Bo Ek <bo@example.org>
Date:   Tue Feb 28 17:40:02 2023 +0000

    Add tests, docs
""",
    ),
    refused(
        "build.txt",
        """\
> Task :app:compile
warning: [deprecation] Date(int,int,int) in Date has been deprecated
  --> src/Main.kt:12:5
> Task :app:test FAILED

FAILURE: Build failed with an exception.

* What went wrong:
Execution failed for task ':app:test'.
> There were failing tests, see the report at: build/reports/tests/index.html

BUILD FAILED in 12s
4 actionable tasks: 2 executed, 2 up-to-date
""",
    ),
)
