"""The picture of the house shows the imports of today."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from scripts.picture import PICTURE, picture

NAMES = {"bot/", "handlers/", "store/", "templates/", "protocols/", "tests/", "drill/"}


def test_the_picture_that_is_kept_is_the_one_that_is_drawn_today() -> None:
    kept = PICTURE.read_text(encoding="utf-8")
    assert kept == picture(), "`python -m scripts.picture` draws it anew"


def test_it_is_a_whole_svg_with_every_root_once() -> None:
    drawn = ET.fromstring(picture())  # noqa: S314 - drawn here
    words = [each.text or "" for each in drawn.iter("{http://www.w3.org/2000/svg}text")]
    assert sorted(word for word in words if word.endswith("/")) == sorted(NAMES)


def test_no_root_imports_another_that_it_may_not() -> None:
    assert 'class="stray"' not in picture()
