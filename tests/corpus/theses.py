"""Data beside theses and papers: trials side by side, means below, remarks in the margin."""

from tests.corpus.messy import messy, tabbed

FILES = (
    messy(
        "trials_side_by_side.csv",
        """\
Trial 1,,,Trial 2,,
t (s),x (mm),,t (s),x (mm),
0,0.00,,0,0.00,
1,1.21,,1,1.19,
2,2.44,,2,2.40,
3,,,3,3.61,
""",
        """\
Trial 1 t (s)¦Trial 1 x (mm)¦column_3¦Trial 2 t (s)¦Trial 2 x (mm)
0¦0.00¦¦0¦0.00
1¦1.21¦¦1¦1.19
2¦2.44¦¦2¦2.40
3¦¦¦3¦3.61
""",
        "must",
    ),
    messy(
        "means_below.csv",
        """\
Specimen;Width (mm);Load (N);Remark
A1;12,04;1204,5;
A2;12,01;1190,2;
A3;11,98;;slipped
A4;12,10;1211,0;
;;;
Mean;12,03;1201,9;
SD;0,05;10,6;
""",
        """\
Specimen¦Width (mm)¦Load (N)¦Remark
A1¦12,04¦1204,5¦
A2¦12,01¦1190,2¦
A3¦11,98¦¦slipped
A4¦12,10¦1211,0¦
""",
        "may",
    ),
    messy(
        "answers_coded.csv",
        """\
ID;Q1_1;Q1_2;Q2;Q2_other;Q3;Age;Sex
R001;1;0;99;"Boat; ferry";4;34;2
R002;0;0;1; ;5;;1
R003;1;1;-9;;;51;
R004;#NULL!;0;2;;3;19;2
""",
        """\
ID¦Q1_1¦Q1_2¦Q2¦Q2_other¦Q3¦Age¦Sex
R001¦1¦0¦99¦Boat; ferry¦4¦34¦2
R002¦0¦0¦1¦ ¦5¦¦1
R003¦1¦1¦-9¦¦¦51¦
R004¦#NULL!¦0¦2¦¦3¦19¦2
""",
    ),
    messy(
        "correlations.csv",
        """\
,Age,Score,Hours
Age,1,-.204**,.12
Score,-.204**,1,.440***
Hours,.12,.440***,1
""",
        "column_1¦Age¦Score¦Hours\nAge¦1¦-.204**¦.12\nScore¦-.204**¦1¦.440***\n"
        "Hours¦.12¦.440***¦1\n",
    ),
    messy(
        "model_output.csv",
        """\
"","Estimate","Std. Error","t value","Pr(>|t|)"
"(Intercept)",37.2851,1.8776,19.858,<2e-16
"wt, scaled",-5.3445,0.5591,-9.559,1.29e-10
"factor(cyl)6",NA,NA,NA,NA
""",
        """\
column_1¦Estimate¦Std. Error¦t value¦Pr(>|t|)
(Intercept)¦37.2851¦1.8776¦19.858¦<2e-16
wt, scaled¦-5.3445¦0.5591¦-9.559¦1.29e-10
factor(cyl)6¦NA¦NA¦NA¦NA
""",
    ),
    messy(
        "plots_and_species.csv",
        """\
Plot,Achillea millefolium,Bellis perennis,"Carex, sp.",Date,Observer
1,+,2a,,12.06.2018,KL
2,r,,1,12.06.2018,KL
3,,2b,+,,BH
4,3,1,.,14.06.2018,BH
""",
        """\
Plot¦Achillea millefolium¦Bellis perennis¦Carex, sp.¦Date¦Observer
1¦+¦2a¦¦12.06.2018¦KL
2¦r¦¦1¦12.06.2018¦KL
3¦¦2b¦+¦¦BH
4¦3¦1¦.¦14.06.2018¦BH
""",
    ),
    messy(
        "counts_matrix.txt",
        tabbed("S1→S2→S3\nENSG01→0→12→4\nENSG02→1204→1190→998\nENSG03→0→0→0\n"),
        "column_1¦S1¦S2¦S3\nENSG01¦0¦12¦4\nENSG02¦1204¦1190¦998\nENSG03¦0¦0¦0\n",
    ),
    messy(
        "diffraction.xy",
        "  10.0000   1204.00\n  10.0200   1188.00\n  10.0400   1210.00\n  10.0600   1199.00\n",
        "column_1¦column_2\n10.0000¦1204.00\n10.0200¦1188.00\n10.0400¦1210.00\n10.0600¦1199.00\n",
        "may",
    ),
    messy(
        "stress_and_strain.txt",
        tabbed("""\
Test:→Tension, room temp.→→
Rate:→5 mm/min→→
→→→
Time→Extension→Load→Strain
(s)→(mm)→(N)→(%)
0.000→0.000→0.12→0.000
0.100→0.008→4.41→0.016
0.200→0.017→9.02→0.033
"""),
        "Time (s)¦Extension (mm)¦Load (N)¦Strain (%)\n0.000¦0.000¦0.12¦0.000\n"
        "0.100¦0.008¦4.41¦0.016\n0.200¦0.017¦9.02¦0.033\n",
        "must",
    ),
    messy(
        "interviews.csv",
        """\
Nr;Person;Zitat;Code;Zeile
1;B1;"Ich sagte: ""Nein"", und ging.";Ablehnung;12-14
2;B1;„Warum nicht?“;;20
3;B2;Naja... so; halt;Zögern;3
4;B3;"Zwei
Absätze";Erzählung;44
""",
        """\
Nr¦Person¦Zitat¦Code¦Zeile¦column_6
1¦B1¦Ich sagte: "Nein", und ging.¦Ablehnung¦12-14¦
2¦B1¦„Warum nicht?“¦¦20¦
3¦B2¦Naja... so¦ halt¦Zögern¦3
4¦B3¦Zwei⏎Absätze¦Erzählung¦44¦
""",
        "must",
    ),
    messy(
        "sheet_with_row_numbers.csv",
        """\
,A,B,C
1,Site,Depth,pH
2,Quay,0.5,7.1
3,Mill,1.0,6.9
4,Lock,1.5,7.4
""",
        "Site¦Depth¦pH\nQuay¦0.5¦7.1\nMill¦1.0¦6.9\nLock¦1.5¦7.4\n",
        "must",
    ),
)
