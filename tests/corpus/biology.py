"""The text formats of biology, chemistry and machine learning."""

from tests.corpus.messy import cells_of, messy, refused, tabbed

EXONS = """\
chr1→11873→12227→exon:1→0→+
chr1→12612→12721→exon:2→0→+
chrX→13220→14409→exon:3→960→-
chr2→37999→39000→exon:4→1000→-
"""
FEATURES = """\
ctg123→.→gene→1000→9000→.→+→.→ID=gene1;Name=EDEN
ctg123→.→mRNA→1050→9000→.→+→.→ID=mRNA1;Parent=gene1;Note=a, b
ctg123→est→CDS→1201→1500→0.9→+→0→ID=cds1;Parent=mRNA1
"""
HITS = """\
q1→sp|P0001|A_HUMAN→98.12→120→2→0→1→120→4→123→1e-61→201
q1→sp|P0002|B_MOUSE→44.00→100→50→3→10→109→1→97→2.3e-08→55.1
q2→tr|Q0003|C_YEAST→100.00→88→0→0→1→88→1→88→0.0→180
"""
VARIANTS = """\
#CHROM→POS→ID→REF→ALT→QUAL→FILTER→INFO→FORMAT→NA01→NA02
20→14370→rs6054257→G→A→29→PASS→NS=3;DP=14;AF=0.5→GT:GQ→0|0:48→1|0:48
20→17330→.→T→A→3→q10→NS=3;DP=11→GT:GQ→0|0:49→0|1:3
20→1110696→.→A→G,T→67→PASS→NS=2→GT:GQ→1|2:21→2/1:2
"""

FILES = (
    messy(
        "exons.bed",
        'track name="exons, all" description="x y" useScore=1\n' + tabbed(EXONS),
        "column_1¦column_2¦column_3¦column_4¦column_5¦column_6\n" + cells_of(EXONS, "→"),
        "may",
    ),
    messy(
        "features.gff3",
        "##gff-version 3.1.26\n##sequence-region ctg123 1 1497228\n" + tabbed(FEATURES) + "###\n",
        "column_1¦column_2¦column_3¦column_4¦column_5¦column_6¦column_7¦column_8¦column_9\n"
        + cells_of(FEATURES, "→"),
        "may",
    ),
    messy(
        "genotypes.vcf",
        "##fileformat=VCFv4.3\n"
        '##INFO=<ID=DP,Number=1,Type=Integer,Description="Total depth, all">\n'
        '##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">\n' + tabbed(VARIANTS),
        cells_of(VARIANTS, "→"),
        "may",
    ),
    messy(
        "alignments.sam",
        tabbed("""\
@HD→VN:1.6→SO:coordinate
@SQ→SN:ref→LN:45
r001→99→ref→7→30→8M2I4M→=→37→39→TTAGATAAAGGA→*
r002→0→ref→9→30→3S6M1P1I→*→0→0→AAAAGATAAGGA→*→NM:i:1
r003→2064→ref→29→17→6H5M→*→0→0→TAGGC→*→SA:Z:ref,9,+,5S6M,30,1;→NM:i:0
"""),
        """\
column_1¦column_2¦column_3¦column_4¦column_5¦column_6¦column_7¦column_8¦column_9¦column_10¦column_11¦column_12¦column_13
r001¦99¦ref¦7¦30¦8M2I4M¦=¦37¦39¦TTAGATAAAGGA¦*¦¦
r002¦0¦ref¦9¦30¦3S6M1P1I¦*¦0¦0¦AAAAGATAAGGA¦*¦NM:i:1¦
r003¦2064¦ref¦29¦17¦6H5M¦*¦0¦0¦TAGGC¦*¦SA:Z:ref,9,+,5S6M,30,1;¦NM:i:0
""",
        "may",
    ),
    messy(
        "hits.tsv",
        "# BLASTP 2.12.0+\n# Query: q1 a protein\n# Fields: query id, subject id, % identity\n"
        "# 2 hits found\n" + tabbed(HITS) + "# BLAST processed 2 queries\n",
        "column_1¦column_2¦column_3¦column_4¦column_5¦column_6¦column_7¦column_8¦column_9"
        "¦column_10¦column_11¦column_12\n" + cells_of(HITS, "→"),
        "may",
    ),
    messy(
        "structure.pdb",
        """\
HEADER    HYDROLASE                               01-MAR-23   1ABC
TITLE     A SMALL PROTEIN, AT LAST
ATOM      1  N   MET A   1      27.340  24.430   2.614  1.00  9.67           N
ATOM      2  CA  MET A   1      26.266  25.413   2.842  1.00 10.38           C
ATOM      3  C   MET A   1      26.913-126.639   3.531  1.00  9.62           C
HETATM  900  O   HOH A 301      25.886  26.463   4.263  1.00  9.62           O
TER     901      HOH A 301
END
""",
        "column_1\n-\n",
        "must",
    ),
    messy(
        "iris.arff",
        """\
% 1. Title: Iris plants
%
@RELATION iris

@ATTRIBUTE sepallength  NUMERIC
@ATTRIBUTE petalwidth   NUMERIC
@ATTRIBUTE 'class name' {Iris-setosa,Iris-virginica}

@DATA
5.1,0.2,Iris-setosa
4.9,?,Iris-setosa
6.3,2.5,Iris-virginica
""",
        "sepallength¦petalwidth¦class name\n5.1¦0.2¦Iris-setosa\n4.9¦?¦Iris-setosa\n"
        "6.3¦2.5¦Iris-virginica\n",
        "may",
    ),
    messy(
        "expression.gct",
        tabbed("""\
#1.2
3→3
Name→Description→S1→S2→S3
1007_s_at→DDR1, receptor→212.4→na→198.0
1053_at→RFC2→10.1→12.0→9.9
117_at→→88→91.5→90
"""),
        """\
Name¦Description¦S1¦S2¦S3
1007_s_at¦DDR1, receptor¦212.4¦na¦198.0
1053_at¦RFC2¦10.1¦12.0¦9.9
117_at¦¦88¦91.5¦90
""",
        "may",
    ),
    messy(
        "series_matrix.txt",
        tabbed("""\
!Series_title→"Liver, fed and fasted"
!Series_geo_accession→"GSE0001"
!Sample_title→"liver A"→"liver B"→"liver C"
!Sample_characteristics_ch1→"sex: F"→"sex: M"→"sex: F"
!series_matrix_table_begin
"ID_REF"→"GSM01"→"GSM02"→"GSM03"
"1007_s_at"→7.412→7.398→7.501
"1053_at"→5.001→→5.120
"117_at"→6.2→6.1→6.3
!series_matrix_table_end
"""),
        """\
ID_REF¦GSM01¦GSM02¦GSM03
1007_s_at¦7.412¦7.398¦7.501
1053_at¦5.001¦¦5.120
117_at¦6.2¦6.1¦6.3
""",
        "may",
    ),
    messy(
        "sparse.libsvm",
        "+1 1:0.7 3:1 12:0.4\n-1 2:0.1 3:0.9\n+1 1:1\n-1 4:0.2 5:0.2 6:0.7 12:1\n",
        "column_1\n-\n",
        "must",
    ),
    messy(
        "sparse.mtx",
        "%%MatrixMarket matrix coordinate real general\n% made by hand\n4 4 5\n1 1 1.204e+00\n"
        "2 2 8.8e-01\n3 1 -1.0e+00\n3 3 4.1e+00\n4 4 9.9e-02\n",
        "column_1¦column_2¦column_3\n1¦1¦1.204e+00\n2¦2¦8.8e-01\n3¦1¦-1.0e+00\n3¦3¦4.1e+00\n"
        "4¦4¦9.9e-02\n",
        "must",
    ),
)
NO_TABLES = (
    refused(
        "proteins.fasta",
        ">sp|P0001|A_HUMAN Protein A, long OS=Homo sapiens\nMKTAYIAKQRQISFVKSHFSRQLEERLGLIEVQ\n"
        "APILSRVGDGTQDNLSGAEKAVQVKVKALPDAQ\n>sp|P0002|B_MOUSE Protein B\nMSDNGPQNQRNAPRITFGG\n",
    ),
    refused(
        "reads.fastq",
        "@SEQ_1 run=4,lane=2\nGATTTGGGGTTCAAAGCAGT\n+\n!''*((((***+))%%%++)\n"
        "@SEQ_2 run=4,lane=2\nTTGACCAGATACCGATTAGA\n+\nIIIIIIIIIIIIIIIIIIII\n",
    ),
)
