"""Secrets are made once and kept from others."""

import base64
import stat

from dotenv import dotenv_values

from app.stack import secret_keys


def test_the_first_start_writes_secrets_that_only_their_owner_can_read(tmp_path):
    secret_keys.ensure(tmp_path, {})

    file = tmp_path / "headwater.env"
    stored = dotenv_values(file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert len(stored["SECRET_KEY"]) >= 48
    assert len(base64.urlsafe_b64decode(stored["ENCRYPTION_KEY"])) == 32
    assert [path.name for path in tmp_path.iterdir()] == ["headwater.env"]


def test_two_installations_never_share_a_secret(tmp_path):
    one, other = tmp_path / "one", tmp_path / "other"
    for folder in (one, other):
        folder.mkdir()
        secret_keys.ensure(folder, {})

    assert not set(dotenv_values(one / "headwater.env").values()) & set(
        dotenv_values(other / "headwater.env").values()
    )


def test_a_second_start_changes_nothing(tmp_path):
    secret_keys.ensure(tmp_path, {})
    before = (tmp_path / "headwater.env").read_bytes()

    secret_keys.ensure(tmp_path, {})

    assert (tmp_path / "headwater.env").read_bytes() == before


def test_settings_written_by_hand_are_kept_beside_the_secrets(tmp_path):
    (tmp_path / "headwater.env").write_text("# ours\nPORT=9000")

    secret_keys.ensure(tmp_path, {})

    text = (tmp_path / "headwater.env").read_text()
    assert text.startswith("# ours\nPORT=9000\nSECRET_KEY=")
    assert set(dotenv_values(tmp_path / "headwater.env")) == {
        "PORT",
        "SECRET_KEY",
        "ENCRYPTION_KEY",
        "SITE_CLIENT_ID",
        "SITE_CLIENT_SECRET",
    }


def test_a_secret_of_the_environment_is_not_written_down(tmp_path):
    secret_keys.ensure(tmp_path, dict.fromkeys(secret_keys.MAKERS, "mine"))

    assert not (tmp_path / "headwater.env").exists()


def test_an_empty_secret_counts_as_missing(tmp_path):
    given = {**dict.fromkeys(secret_keys.MAKERS, "mine"), "SECRET_KEY": ""}

    secret_keys.ensure(tmp_path, given)

    assert set(dotenv_values(tmp_path / "headwater.env")) == {"SECRET_KEY"}
