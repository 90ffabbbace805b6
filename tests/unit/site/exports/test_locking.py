"""A lock that two cannot hold."""

import pytest

from app.site.exports import locking


def test_a_lock_is_held_by_one_at_a_time(tmp_path):
    path = tmp_path / "locks" / "export-user-1.lock"

    with locking.held(path), pytest.raises(locking.HeldElsewhere), locking.held(path):
        pass

    with locking.held(path):
        assert path.exists()
