"""Where the embedded queue's socket is."""

import stat
import tempfile
from pathlib import Path

import pytest

import config
from app.stack import valkey
from app.stack.preflight import CannotStart

DEEP = Path("/", *["folder"] * 20)


@pytest.fixture
def temporary(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize("folder", ["/srv/headwater", "/srv/with space", "/srv/größe"])
def test_the_default_address_is_the_one_the_settings_have(folder):
    settings = config.load(
        {
            "SECRET_KEY": "x",
            "ENCRYPTION_KEY": "dGhpcyBrZXkgaXMgZm9yIHRlc3RzIG9ubHksIHRydWU=",
            "DATA_DIR": folder,
        }
    )

    assert valkey.redis_url(Path(folder)) == settings["REDIS_URL"]
    assert valkey.default_url(Path(folder)) == settings["REDIS_URL"]


def test_a_deep_data_folder_gets_a_short_socket_nobody_else_can_reach(temporary):
    path = valkey.socket_path(DEEP)

    assert path.parent.parent == temporary
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert valkey.socket_path(DEEP) == path
    assert valkey.socket_path(DEEP / "other") != path


def test_a_folder_others_can_reach_is_not_used_for_the_socket(temporary):
    valkey.socket_path(DEEP).parent.chmod(0o755)

    with pytest.raises(CannotStart, match="belongs to somebody else"):
        valkey.socket_path(DEEP)


def test_the_embedded_queue_opens_no_port_and_keeps_its_data(tmp_path):
    command = valkey.command(tmp_path)

    options = dict(zip(command[1::2], command[2::2], strict=True))
    assert options["--port"] == "0"
    assert options["--appendonly"] == "yes"
    assert options["--dir"] == str(tmp_path / "valkey")
    assert (tmp_path / "valkey").is_dir()
