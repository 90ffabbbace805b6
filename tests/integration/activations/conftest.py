"""What tests of activations share."""

import pytest

from tests.integration.activations.making import OtherEnd, make_activation


@pytest.fixture
def site(httpserver):
    """A site at the other end."""
    return OtherEnd(httpserver)


@pytest.fixture
def activation(app, site):
    """An activation that leads there."""
    return make_activation(base_url=site.url)
