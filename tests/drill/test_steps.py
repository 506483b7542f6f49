"""The page has words and signs for what the product names: a name only the code knows is none."""

from __future__ import annotations

import re
from pathlib import Path

from protocols.intake.tells import EMOJI
from protocols.kernel.tables import rules_of
from protocols.subjects import KINDS

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "drill/page/js/shell.js"
SIGNS = ROOT / "drill/page/js/mrkdwn.js"


def test_the_page_has_words_for_all_that_can_be_due() -> None:
    named = set(re.findall(r"(\w+): '", PAGE.read_text("utf-8")))
    due = {kind for record in KINDS for kind in rules_of(record).falls}
    plain = {one for one in due if one != "step_late" and not one.startswith("role_")}
    assert plain - named == set()


def test_the_page_draws_the_emoji_with_which_the_product_marks_a_report() -> None:
    assert f"':{EMOJI}:': '" in SIGNS.read_text("utf-8")
