"""What tests of the webhook share."""

import pytest

from tests.integration.site.segments.sending import make_shop


@pytest.fixture
def shop(app):
    """A site that knows the users of the sample shop."""
    make_shop(app)
