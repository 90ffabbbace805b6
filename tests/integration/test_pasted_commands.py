"""The commands that pages show, pasted into a shell as they stand."""

import html
import re
import subprocess
from pathlib import Path

from app.demo import walking
from app.demo.visiting import Visitor
from tests.conftest import plain_environment

ROOT = Path(__file__).parent.parent.parent
ROWS = "id,name\n1,Ada\n"


def shown(visitor: Visitor) -> list[str]:
    found = re.findall(r"<pre[^>]*><code data-copied>(.*?)</code>", visitor.text, re.DOTALL)
    return [html.unescape(text) for text in found]


def paste(command: str) -> str:
    """Run a command in a shell that knows nothing of the server's settings."""
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=plain_environment(),
        shell=True,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_every_command_of_step_2_sends_a_draft(stack, tmp_path):
    visitor = Visitor(stack.url)
    walking.sign_in(visitor, stack.admin_email, stack.admin_password)
    walk = walking.create_dataflow(visitor, "Pasted")
    (tmp_path / "export.csv").write_text(ROWS)
    *exports, curl = shown(visitor)

    answers = [paste(command) for command in exports]
    stored = paste(curl.replace("export.csv", str(tmp_path / "export.csv")))

    assert len(exports) == 3
    assert all("Sent and confirmed" in answer for answer in answers)
    assert '"kind":"draft"' in stored.replace(" ", "")
    visitor.open(f"/dataflows/{walk.dataflow_id}/download")
    assert visitor.text.count('name="file_id"') == 4
