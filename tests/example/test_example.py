"""A new subject is one folder a root and one line in a list: the worked example of the docs."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
MOST_FILES = 10
LIMIT_S = 120


def product_files() -> list[str]:
    """Return what the subject would touch in the product: its own files, and the list."""
    roots = ("protocols/callbacks", "templates/callbacks")
    own = [path for root in roots for path in (HERE / root).rglob("*") if path.is_file()]
    own = [path for path in own if path.suffix in {".py", ".j2", ".yaml"}]
    return [
        "protocols/subjects.py",
        "handlers/slack/callbacks.py",
        *sorted(path.relative_to(HERE).as_posix() for path in own),
    ]


def test_a_subject_is_added_through_the_seams_alone() -> None:
    """It plays in a process of its own, so that no other test has the subject too."""
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/example/plays.py"],
        cwd=ROOT, capture_output=True, text=True, timeout=LIMIT_S, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert re.search(r"[7-9] passed", ran.stdout), ran.stdout


def test_it_touches_at_most_ten_files_of_the_product() -> None:
    assert len(product_files()) <= MOST_FILES, product_files()


def test_the_docs_name_every_file_that_it_touches() -> None:
    told = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    assert [file for file in product_files() if file not in told] == []
