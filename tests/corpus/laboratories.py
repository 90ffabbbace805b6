"""Exports of instruments and data loggers."""

from tests.corpus.messy import messy

FILES = (
    messy(
        "sample_sheet.csv",
        """\
[Header],,,
Experiment,Run 12,,
Date,3/4/2021,,
[Settings],,,
Adapter,CTGTCTC,,
[Data],,,
Sample_ID,Sample_Name,index,Project
S1,liver A,ATCACG,P7
S2,liver B,CGATGT,P7
S3,,TTAGGC,P9
""",
        "Sample_ID¦Sample_Name¦index¦Project\nS1¦liver A¦ATCACG¦P7\nS2¦liver B¦CGATGT¦P7\n"
        "S3¦¦TTAGGC¦P9\n",
        "may",
    ),
    messy(
        "logger_four_rows.dat",
        """\
"LOG5","Hill","CR1000","2048","std.27","prog.cr1","4411","Met"
"TIMESTAMP","RECORD","BattV","AirTC_Avg","Rain_mm_Tot"
"TS","RN","Volts","Deg C","mm"
"","","Min","Avg","Tot"
"2019-06-01 00:00:00",0,12.9,11.22,0
"2019-06-01 00:10:00",1,12.9,11.07,0.2
"2019-06-01 00:20:00",2,12.8,"NAN",0
""",
        "TIMESTAMP TS¦RECORD RN¦BattV Volts Min¦AirTC_Avg Deg C Avg¦Rain_mm_Tot mm Tot\n"
        "2019-06-01 00:00:00¦0¦12.9¦11.22¦0\n2019-06-01 00:10:00¦1¦12.9¦11.07¦0.2\n"
        "2019-06-01 00:20:00¦2¦12.8¦NAN¦0\n",
        "must",
    ),
    messy(
        "plate.txt",
        "<>\t1\t2\t3\t4\nA\t0.051\t0.432\t0.440\t1.210\nB\t0.049\t0.401\tOVER\t1.198\n"
        "C\t0.050\t0.399\t0.412\t1.201\n",
        "<>¦1¦2¦3¦4\nA¦0.051¦0.432¦0.440¦1.210\nB¦0.049¦0.401¦OVER¦1.198\n"
        "C¦0.050¦0.399¦0.412¦1.201\n",
        "may",
    ),
    messy(
        "amplification.txt",
        "* Block Type = 96fast\n* Experiment Name = liver, plate 2\n* Quencher = None\n\n"
        "[Results]\nWell\tWell Position\tSample Name\tTarget Name\tCT\tCT SD\n"
        "1\tA1\tctrl\tGAPDH\t18.204\t0.05\n2\tA2\tctrl\tGAPDH\t18.311\t0.05\n"
        "3\tA3\tNTC\tGAPDH\tUndetermined\t\n",
        """\
Well¦Well Position¦Sample Name¦Target Name¦CT¦CT SD
1¦A1¦ctrl¦GAPDH¦18.204¦0.05
2¦A2¦ctrl¦GAPDH¦18.311¦0.05
3¦A3¦NTC¦GAPDH¦Undetermined¦
""",
    ),
    messy(
        "spectrum.txt",
        "##TITLE=Sample 4\n##XUNITS=nm\n##YUNITS=A\n400,0\t0,112\n401,0\t0,115\n402,0\t0,121\n",
        "column_1¦column_2\n400,0¦0,112\n401,0¦0,115\n402,0¦0,121\n",
        "may",
    ),
    messy(
        "buoy.txt",
        """\
#YY  MM DD hh mm WDIR WSPD GST  WVHT
#yr  mo dy hr mn degT m/s  m/s     m
2021 01 01 00 00 310  7.2  9.1   1.3
2021 01 01 00 10 308  7.0  8.8    MM
2021 01 01 00 20 311  6.9  8.7   1.2
""",
        """\
#YY #yr¦MM mo¦DD dy¦hh hr¦mm mn¦WDIR degT¦WSPD m/s¦GST m/s¦WVHT m
2021¦01¦01¦00¦00¦310¦7.2¦9.1¦1.3
2021¦01¦01¦00¦10¦308¦7.0¦8.8¦MM
2021¦01¦01¦00¦20¦311¦6.9¦8.7¦1.2
""",
        "may",
    ),
    messy(
        "track.csv",
        "$GPS,081836,A,3751.65,S,14507.36,E\n$GPS,081837,A,3751.66,S,14507.37,E\n"
        "$GPS,081838,V,,,,\n$GPS,081839,A,3751.68,S,14507.40,E\n",
        "column_1¦column_2¦column_3¦column_4¦column_5¦column_6¦column_7\n"
        "$GPS¦081836¦A¦3751.65¦S¦14507.36¦E\n$GPS¦081837¦A¦3751.66¦S¦14507.37¦E\n"
        "$GPS¦081838¦V¦¦¦¦\n$GPS¦081839¦A¦3751.68¦S¦14507.40¦E\n",
        "may",
    ),
    messy(
        "blood_values.csv",
        """\
Patient;Geb.;Parameter;Wert;Einheit;Ref.;Bem.
P-0017;1961-02-03;Hb;13,9;g/dl;13,5-17,5;
P-0017;1961-02-03;CRP;<0,5;mg/l;<5;
P-0021;;Kalium;5,9;mmol/l;3,5–5,1;"hämolytisch; Kontrolle"
P-0034;1980-11-30;HIV 1/2;negativ;;;
""",
        """\
Patient¦Geb.¦Parameter¦Wert¦Einheit¦Ref.¦Bem.
P-0017¦1961-02-03¦Hb¦13,9¦g/dl¦13,5-17,5¦
P-0017¦1961-02-03¦CRP¦<0,5¦mg/l¦<5¦
P-0021¦¦Kalium¦5,9¦mmol/l¦3,5–5,1¦hämolytisch; Kontrolle
P-0034¦1980-11-30¦HIV 1/2¦negativ¦¦¦
""",
        encoding="cp1252",
    ),
)
