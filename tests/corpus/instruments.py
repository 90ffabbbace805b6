"""What instruments write: settings above, units below the names, blocks, letters from a probe."""

from tests.corpus.messy import cells_of, messy, tabbed

CURVE = """\
0→0.000→1.204E-3→1.000E-1
1→0.500→1.198E-3→1.001E-1
2→1.000→1.201E-3→9.990E-2
"""
CAST = """\
      0.500    12.3456     3.412  35.0012  0.000e+00
      1.000    12.3301     3.411  35.0020  0.000e+00
      1.500    12.2987     3.409  35.0051 -9.990e-29
"""

FILES = (
    messy(
        "temperature_logger.csv",
        """\
\ufeff"Plot Title: Pool 4"
"#","Date Time, GMT+01:00","Temp, °C (LGR S/N: 1020, SEN S/N: 1020)","Coupler Detached (LGR S/N: 1020)"
1,06/01/19 12:00:00 AM,18.20,
2,06/01/19 12:15:00 AM,18.13,
3,06/01/19 12:30:00 AM,18.06,
4,06/01/19 12:41:10 AM,,Logged
""",  # noqa: E501
        """\
#¦Date Time, GMT+01:00¦Temp, °C (LGR S/N: 1020, SEN S/N: 1020)¦Coupler Detached (LGR S/N: 1020)
1¦06/01/19 12:00:00 AM¦18.20¦
2¦06/01/19 12:15:00 AM¦18.13¦
3¦06/01/19 12:30:00 AM¦18.06¦
4¦06/01/19 12:41:10 AM¦¦Logged
""",
    ),
    messy(
        "oscilloscope.csv",
        """\
Record Length,2.500000e+03,,-0.001000,0.02000,
Sample Interval,4.000000e-06,,-0.000996,0.04000,
Trigger Point,1.250000000000e+03,,-0.000992,0.02000,
,,,-0.000988,0.00000,
,,,-0.000984,-0.02000,
Source,CH1,,-0.000980,0.02000,
Vertical Units,V,,-0.000976,0.04000,
""",
        """\
column_1¦column_2
-0.001000¦0.02000
-0.000996¦0.04000
-0.000992¦0.02000
-0.000988¦0.00000
-0.000984¦-0.02000
-0.000980¦0.02000
-0.000976¦0.04000
""",
        "must",
    ),
    messy(
        "potentiostat.dta",
        tabbed(
            "EXPLAIN\nTAG→CHRONOA\nTITLE→LABEL→Chrono, 2 steps→Test &Identifier\n"
            "DATE→LABEL→3/1/2023→Date\nAREA→QUANT→1.00000E+000→Sample Area (cm^2)\n"
            "CURVE→TABLE→3\n→Pt→T→Vf→Im\n→#→s→V vs. Ref.→A\n"
            + "".join(f"→{line}\n" for line in CURVE.splitlines())
        ),
        "Pt #¦T s¦Vf V vs. Ref.¦Im A\n" + cells_of(CURVE, "→"),
        "must",
    ),
    messy(
        "cast.cnv",
        """\
* Sea-Bird SBE 19plus Data File:
* FileName = C:\\casts\\c041.hex
* NMEA Latitude = 54 12.30 N
# nquan = 5
# nvalues = 3
# name 0 = prDM: Pressure, Digiquartz [db]
# name 1 = tv290C: Temperature [ITS-90, deg C]
# bad_flag = -9.990e-29
*END*
"""
        + CAST,
        "column_1¦column_2¦column_3¦column_4¦column_5\n0.500¦12.3456¦3.412¦35.0012¦0.000e+00\n"
        "1.000¦12.3301¦3.411¦35.0020¦0.000e+00\n1.500¦12.2987¦3.409¦35.0051¦-9.990e-29\n",
        "may",
    ),
    messy(
        "chromatogram.txt",
        tabbed("""\
[Header]
Application Name→LabSolutions
Output Date→3/1/2023

[Sample Information]
Sample Name→std, 10 ppm
Vial#→12

[Peak Table(Detector A)]
# of Peaks→3
Peak#→R.Time→Area→Height→Conc.→Name
1→2.104→120411→20110→9.981→caffeine
2→3.377→8805→1204→0.000→
3→5.012→99120→15002→10.020→ester, methyl

[Chromatogram(Detector A)]
Interval(msec)→500
R.Time (min)→Intensity
0.00000→12
0.00833→14
0.01667→11
"""),
        """\
Peak#¦R.Time¦Area¦Height¦Conc.¦Name
1¦2.104¦120411¦20110¦9.981¦caffeine
2¦3.377¦8805¦1204¦0.000¦
3¦5.012¦99120¦15002¦10.020¦ester, methyl
""",
        "must",
    ),
    messy(
        "graph_export.txt",
        tabbed("""\
Time→Voltage→Current
s→V→mA
→channel A→channel B
0,0→1,204→12,1
0,1→1,198→12,4
0,2→1,201→12,2
0,3→1,207→11,9
"""),
        """\
Time s¦Voltage V channel A¦Current mA channel B
0,0¦1,204¦12,1
0,1¦1,198¦12,4
0,2¦1,201¦12,2
0,3¦1,207¦11,9
""",
        "must",
    ),
    messy(
        "plate_of_wells.csv",
        """\
Procedure,read absorbance
Wavelength,450 nm
Temperature,"37,0 °C"

,1,2,3,4,5,6
A,0.051,0.432,0.440,1.210,0.990,0.047
B,0.049,0.401,OVRFLW,1.198,1.002,0.046
C,0.050,0.399,0.412,1.201,0.987,0.048
D,0.052,0.420,0.433,1.188,,0.049
""",
        """\
column_1¦1¦2¦3¦4¦5¦6
A¦0.051¦0.432¦0.440¦1.210¦0.990¦0.047
B¦0.049¦0.401¦OVRFLW¦1.198¦1.002¦0.046
C¦0.050¦0.399¦0.412¦1.201¦0.987¦0.048
D¦0.052¦0.420¦0.433¦1.188¦¦0.049
""",
        "may",
    ),
    messy(
        "two_plates.csv",
        """\
Plate 1 (405 nm)
<>,1,2,3
A,0.051,0.432,0.440
B,0.049,0.401,0.399

Plate 2 (620 nm)
<>,1,2,3
A,0.040,0.041,0.040
B,0.039,0.044,0.042
""",
        "<>¦1¦2¦3\nA¦0.051¦0.432¦0.440\nB¦0.049¦0.401¦0.399\n",
        "must",
    ),
    messy(
        "infrared.csv",
        "4000.12,98.12041\n3998.19,98.11987\n3996.26,98.12110\n3994.33,98.12003\n"
        "3992.41,98.11801\n3990.48,98.11900\n",
        "column_1¦column_2\n4000.12¦98.12041\n3998.19¦98.11987\n3996.26¦98.12110\n"
        "3994.33¦98.12003\n3992.41¦98.11801\n3990.48¦98.11900\n",
    ),
    messy(
        "weather_station.txt",
        tabbed("""\
→→Temp→Hi→Low→Out→Wind→Wind→
Date→Time→Out→Temp→Temp→Hum→Speed→Dir→Rain
03/01/23→12:00a→4.2→4.3→4.1→88→3.2→NNW→0.0
03/01/23→12:30a→4.0→4.2→4.0→89→1.6→N→0.2
03/01/23→ 1:00a→3.8→4.0→3.8→91→0.0→---→0.0
"""),
        """\
Date¦Time¦Temp Out¦Hi Temp¦Low Temp¦Out Hum¦Wind Speed¦Wind Dir¦Rain
03/01/23¦12:00a¦4.2¦4.3¦4.1¦88¦3.2¦NNW¦0.0
03/01/23¦12:30a¦4.0¦4.2¦4.0¦89¦1.6¦N¦0.2
03/01/23¦ 1:00a¦3.8¦4.0¦3.8¦91¦0.0¦---¦0.0
""",
        "must",
    ),
    messy(
        "balance_with_units_in_cells.csv",
        """\
Nr.;Einwaage;Auswaage;Differenz;Zeit
1;12,0411 g;11,9987 g;42,4 mg;01.03.23 10:00
2;12,1100 g;12,0702 g;39,8 mg;01.03.23 10:04
3;--- g;12,0100 g;;01.03.23 10:09
""",
        """\
Nr.¦Einwaage¦Auswaage¦Differenz¦Zeit
1¦12,0411 g¦11,9987 g¦42,4 mg¦01.03.23 10:00
2¦12,1100 g¦12,0702 g¦39,8 mg¦01.03.23 10:04
3¦--- g¦12,0100 g¦¦01.03.23 10:09
""",
    ),
)
