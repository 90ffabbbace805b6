"""Nothing of Spark is needed, nor looked for, where no setting names one."""

import subprocess
import sys

from app.audiences.models import AudienceStatus
from app.stack.children import ROOT
from tests.conftest import SECRETS, plain_environment
from tests.integration.audiences.making import fresh, make_audience, make_events, member_ids

JOB = """
import sys
import config
from app import create_app

sys.modules["pyspark"] = sys.modules["py4j"] = None  # to import either fails
with create_app(config.load()).app_context():
    from jobs.audiences import evaluate_audience

    evaluate_audience(audience_id=int(sys.argv[1]))
"""


def test_members_are_found_where_pyspark_cannot_be_imported(app):
    make_events(app, ("1", "buy", {}), ("2", "visit", {}))
    audience = make_audience()
    settings = {**SECRETS, "DATA_DIR": str(app.config["DATA_DIR"])}

    done = subprocess.run(
        [sys.executable, "-c", JOB, str(audience.id)],
        cwd=ROOT,
        env={**plain_environment(), **settings},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )

    assert done.returncode == 0, done.stderr
    audience = fresh(audience)
    assert (audience.status, audience.failure) == (AudienceStatus.EVALUATED, None)
    assert member_ids(audience) == ["1"]
