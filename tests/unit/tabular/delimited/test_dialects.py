"""Dialects that are worth a trial: spaces that fill cells up to one length are padding."""

import pytest

from app.tabular.files.source import BytesSource
from app.tabular.recognising import recognise


@pytest.mark.parametrize(
    "text",
    [
        "1749;01;1749.042;  96.7;1\n1749;02;1749.123; 104.3;1\n1749;03;1749.204; 116.7;1\n"
        "1749;04;1749.290;   8.1;1\n",
        "code      \tyear\nLNU03     \t2020\nLNU0300001\t2021\nLNU03     \t2022\n",
        '1  | F | Ann Lee\n12 | M | Gord, "Mac"\n17 | F | Ida\n19 | F | Jo\n',
    ],
)
def test_spaces_that_fill_cells_up_to_one_length_belong_to_none(text):
    assert recognise(BytesSource(text.encode())).options.is_padded


def test_spaces_here_and_there_belong_to_their_cells():
    text = "id,name\n1, Ann\n2,Bo\n3,Cy \n4,Di\n"

    assert not recognise(BytesSource(text.encode())).options.is_padded
