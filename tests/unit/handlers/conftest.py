"""What the tests of gestures begin with, unless they need another beginning."""

from __future__ import annotations

import pytest

from tests.unit.handlers.incident import Incident


@pytest.fixture
def incident() -> Incident:
    """Give a Tier 3 in which everyone is on the bridge and every role is taken."""
    made = Incident()
    made.staff()
    return made
