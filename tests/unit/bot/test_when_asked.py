"""What is known of other records is read where somebody asks, and nowhere else."""

from __future__ import annotations

import pytest

from bot.desk.when_asked import WhenAsked
from protocols.intake.events import AskedAbout
from protocols.relations.events import OpenBeside

KNOWN = OpenBeside()


def test_nothing_is_read_while_nobody_asks() -> None:
    read: list[str] = []
    beside = WhenAsked({OpenBeside: lambda: read.append("others")})
    assert (list(beside), len(beside), read) == ([OpenBeside], 1, [])


def test_what_is_asked_for_is_read() -> None:
    beside = WhenAsked({OpenBeside: lambda: KNOWN})
    assert beside.get(OpenBeside) is beside[OpenBeside] is KNOWN


def test_what_nobody_reads_is_not_known() -> None:
    assert WhenAsked({OpenBeside: lambda: KNOWN}).get(AskedAbout) is None


def test_a_reading_that_fails_is_not_taken_for_nothing_known() -> None:
    def fails() -> OpenBeside:
        raise KeyError("accounts")

    with pytest.raises(KeyError, match="accounts"):
        WhenAsked({OpenBeside: fails}).get(OpenBeside)
