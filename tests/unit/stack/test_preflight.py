"""What is refused before anything starts, and in which words."""

import socket
import stat

import pytest

from app.stack import preflight
from app.stack.preflight import CannotStart


def test_a_missing_data_folder_is_made_for_nobody_else(tmp_path):
    folder = tmp_path / "deep" / "instance"

    preflight.check_folder(folder)

    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert list(folder.iterdir()) == []


def test_a_file_in_the_place_of_the_data_folder_is_named(tmp_path):
    folder = tmp_path / "instance"
    folder.write_text("a file")

    with pytest.raises(CannotStart, match=r"data folder .*instance cannot be written.*DATA_DIR"):
        preflight.check_folder(folder)


def test_a_full_disk_is_refused_with_what_is_free_and_what_is_needed(tmp_path):
    with pytest.raises(CannotStart, match=r"is full: \d+ MB are free, and 1000000000 MB"):
        preflight.check_folder(tmp_path, least_free_megabytes=10**9)


def test_port_0_takes_a_free_port():
    with preflight.listen("127.0.0.1", 0) as listening:
        assert listening.getsockname()[1] > 0


def test_a_port_in_use_is_named_with_the_setting_that_changes_it():
    with preflight.listen("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]

        with pytest.raises(CannotStart, match=rf"Port {port} .* in use .*PORT={port + 1} make run"):
            preflight.listen("127.0.0.1", port)


@pytest.mark.parametrize("host", ["192.0.2.1", "no host at all"])
def test_an_address_that_is_not_ours_is_refused(host):
    with pytest.raises(CannotStart, match=f"Cannot listen on {host}, port 0 .*HOST"):
        preflight.listen(host, 0)


def test_a_dead_queue_is_named_without_its_password():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

    with pytest.raises(CannotStart) as refusal:
        preflight.check_queue(f"redis://:hush@127.0.0.1:{port}/0")

    assert f"127.0.0.1:{port}" in str(refusal.value)
    assert "REDIS_URL" in str(refusal.value)
    assert "hush" not in str(refusal.value)


def test_an_address_that_is_no_queue_is_refused():
    with pytest.raises(CannotStart, match="mend REDIS_URL"):
        preflight.check_queue("localhost:6379")


def test_a_folder_is_locked_against_a_second_start_that_names_the_first(tmp_path):
    with preflight.lock_folder(tmp_path) as held:
        held.flush()

        with pytest.raises(CannotStart, match=r"already \(process \d+\).*DATA_DIR"):
            preflight.lock_folder(tmp_path)


def test_a_lock_is_free_again_once_its_holder_closed_it(tmp_path):
    preflight.lock_folder(tmp_path).close()

    preflight.lock_folder(tmp_path).close()
