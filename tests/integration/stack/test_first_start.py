"""What stops the first start, in a sentence."""

import json

import pytest

from app.stack import first_start

ENTRY = '[[data_export.schedule.user]]\ninterval = "0 3 * * *"\n'


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ("--stream-id s --draught", "No such option '--draught'"),
        ("--no-draft", "name no stream"),
        ("--stream-id s --dry-run", "sends nothing"),
    ],
)
def test_a_scheduled_export_that_could_never_run_is_the_problem(
    tmp_path, monkeypatch, capsys, options, said
):
    settings = tmp_path / "headwater.toml"
    settings.write_text(f'{ENTRY}options = "{options}"\n')
    monkeypatch.setenv("SECRET_KEY", "for tests only")
    monkeypatch.setenv("ENCRYPTION_KEY", "dGhpcyBrZXkgaXMgZm9yIHRlc3RzIG9ubHksIHRydWU=")
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.setenv("HEADWATER_CONFIG", str(settings))

    first_start.main()

    answer = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert answer["problem"].startswith("data_export.schedule.user, entry 1: its options")
    assert said in answer["problem"]
    assert not (tmp_path / "headwater.db").exists()
