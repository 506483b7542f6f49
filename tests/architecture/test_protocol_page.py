"""The page on the protocol says what the policy says."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest

from bot.files.policy import load_policy
from protocols.ladder.events import StepKind
from protocols.ladder.rules import windows
from protocols.scales import Tier

PAGE = Path(__file__).resolve().parents[2] / "docs" / "protocol.md"
ROW = re.compile(r"^\| (\w+) \| ([^|]+) \| ([^|]+) \|", re.MULTILINE)


def spoken(span: timedelta) -> str:
    if not span:
        return "T+0"
    seconds = int(span.total_seconds())
    return f"{seconds} s" if seconds <= 60 else f"{seconds // 60} min"


def section(title: str) -> str:
    return PAGE.read_text(encoding="utf-8").split(f"\n## {title}\n")[1].split("\n## ")[0]


@pytest.mark.parametrize("tier", [Tier.CRITICAL, Tier.SYSTEMIC])
def test_every_step_stands_on_the_page_with_its_window(tier: Tier) -> None:
    rows = {m[1]: (m[2].strip(), m[3].strip()) for m in ROW.finditer(section(f"Tier {tier:d}"))}
    rows.pop("step", None)
    expected = {
        kind.value: (spoken(opens), spoken(late))
        for kind, (opens, late) in windows(tier, load_policy()).items()
    }
    assert expected == rows


def test_every_kind_of_step_is_named_on_the_page() -> None:
    text = PAGE.read_text(encoding="utf-8")
    missing = [kind for kind in StepKind if kind is not StepKind.RCA and kind.value not in text]
    assert missing == []
