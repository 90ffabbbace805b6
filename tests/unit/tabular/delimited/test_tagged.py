"""Texts whose lines are tagged by keys are told from rows of a table."""

import pytest

from app.tabular.files.source import BytesSource
from app.tabular.recognising import recognise


@pytest.mark.parametrize(
    "text",
    [
        "TY  - JOUR\nAU  - Ames, Ada\nAU  - Ek, Bo\nPY  - 2019\nER  - \n\nTY  - BOOK\nER  - \n",
        "PMID- 123\nTI  - On tides\nAU  - Ames A\nAU  - Ek B\n\nPMID- 124\nTI  - More\n",
        ":20:STARTUMS\n:25:50010517/01\n:28C:1/1\n:60F:C230228EUR1204,10\n-\n",
        "# app\nDEBUG=false\nPORT=8080\nHOSTS=a.example,b.example\nexport NAME=x,y\n",
        "!Type:Bank\nD03/01/2023\nT-12.50\n^\nD03/02/2023\nT1.00\n^\n",
        "MSH|^~|LAB|HOSP|2023\nPID|1||1204\nOBX|1|NM|HB||13.9|g\nOBX|2|NM|CRP||1|m\n",
        "0 HEAD\n1 SOUR X\n0 @I1@ INDI\n1 NAME Ada /Ames/\n2 GIVN Ada\n1 BIRT\n0 TRLR\n",
        "ISA*00*ZZ*230301~\nGS*PO*S~\nPO1*1*12*EA~\nPO1*2*1*EA~\nSE*5*0001~\n",
        ">seq1 Homo\nACGTACGTAA\nACGT\n>seq2 Mus\nACGTTT\n",
        "name: x\nitems:\n  - a: 1\n    b: 2\n  - a: 3\n    b: 4\n",
        "OFXHEADER:100\nDATA:SGML\n\n<OFX><LIST>\n<TRN><TYPE>DEBIT\n<DT>2023<AMT>1\n</LIST>\n",
        "version https://git-lfs.example/spec/v1\noid sha256:4d7a214614ab2935c943\nsize 1204\n",
    ],
)
def test_tagged_lines_are_no_table(text):
    assert recognise(BytesSource(text.encode())).confidence == 0


@pytest.mark.parametrize(
    "text",
    [
        "AT -0.27 5\nAT -1.46 6\nBE 9.51 7\nDK -1.5 9\n",
        "0 ABC 2.5\n1 DEF 3.5\n2 GHI 4.5\n3 ABC 5.5\n",
        "ABC*1\nDEF*2\nGHI*3\n",
        "@ann\n@bo\ncy\n@di\n",
        "code|name|n\nAB|Ann|1\nAC|Bo|2\nAB|Cy|3\n",
        "hull 3\nyork 5\nleeds 7\n",
        "city size\nhull 3\nyork n/a\nleeds 2020-01-01\n",
        "a=1;b=2\na=3;b=4\na=5;b=6\n",
    ],
)
def test_rows_that_begin_with_codes_are_rows(text):
    assert recognise(BytesSource(text.encode())).confidence > 0
