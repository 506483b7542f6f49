"""What may leave has a type, and that type is given in two places."""

from __future__ import annotations

import pytest

from scripts.sources import sources

FOLDERS = ("protocols", "templates", "handlers", "bot", "store")
MADE_IN = {
    "LookedUp": {"templates/kit/outward.py"},
    "Released": {"protocols/updates/released.py"},
    "Outward": set(),
}


def makers(name: str) -> set[str]:
    """Return the files in which a value of this type is made."""
    return {each.path.as_posix() for each in sources(*FOLDERS) if name in each.called}


@pytest.mark.parametrize("name", MADE_IN)
def test_a_value_that_may_leave_is_made_in_its_own_place_only(name: str) -> None:
    assert makers(name) == MADE_IN[name]
