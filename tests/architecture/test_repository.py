"""The repository as a newcomer finds it: pinned, complete, and speaking of the product alone."""

from __future__ import annotations

import os
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCKS = sorted((ROOT / "locks").glob("*.lock"))
TEXT_ENDINGS = {
    *(".py", ".md", ".toml", ".yaml", ".yml", ".json", ".j2", ".lock", ".html", ".js", ".css"),
    *(".txt", ".csv", ".sql", ".svg", ".mako", ".ini", ""),
}
NOT_KEPT = {".git", ".venv", "var", "build", "dist", "__pycache__", "mutants"}


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_every_locked_package_has_one_version_and_its_hashes(lock: Path) -> None:
    for block in re.split(r"\n(?=\S)", lock.read_text(encoding="utf-8").strip()):
        assert re.match(r"[a-z0-9][a-z0-9.-]*(\[[a-z,-]+\])?==\S+ ", block), block
        assert "--hash=sha256:" in block


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_a_lock_names_no_address(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    assert "://" not in text
    assert "--index" not in text
    assert "--find-links" not in text


def test_the_locks_hold_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    runtime = names((ROOT / "locks" / "runtime.lock").read_text(encoding="utf-8"))
    dev = names((ROOT / "locks" / "dev.lock").read_text(encoding="utf-8"))
    assert names("\n".join(project["dependencies"])) - runtime == set()
    assert names("\n".join(project["optional-dependencies"]["dev"])) - dev == set()
    assert runtime - dev == set()


def names(requirements: str) -> set[str]:
    return {
        found.group().lower().replace("_", "-")
        for line in requirements.splitlines()
        if (found := re.match(r"[A-Za-z0-9][A-Za-z0-9._-]*", line))
    }


def test_tests_get_the_same_versions_as_the_product() -> None:
    runtime, dev = (
        pins((ROOT / "locks" / f"{name}.lock").read_text()) for name in ("runtime", "dev")
    )
    assert {
        name: (version, dev[name]) for name, version in runtime.items() if dev[name] != version
    } == {}


def pins(text: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for name, version in re.findall(r"^([a-z0-9.-]+)(?:\[[^]]*\])?==(\S+)", text, re.MULTILINE):
        found.setdefault(name, set()).add(version)
    return found


def test_ci_runs_make_test_and_requires_postgresql() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert "REQUIRE_POSTGRES=1 exec make test" in script.read_text(encoding="utf-8")


def test_make_explains_every_command_of_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    contributing = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    explained = subprocess.run(
        ["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    told = set(re.findall(r"`make ([a-z-]+)`", readme + contributing))
    assert {name for name in told if f"make {name} " not in explained} == set()


@pytest.mark.parametrize(
    "name",
    ["README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "docs/glossary.md", "app.yaml"],
)
def test_a_newcomer_finds(name: str) -> None:
    assert (ROOT / name).read_text(encoding="utf-8").strip()


def test_decisions_are_numbered_without_a_gap() -> None:
    numbers = sorted(int(path.name[:4]) for path in (ROOT / "docs" / "adr").glob("[0-9]*.md"))
    assert numbers == list(range(1, len(numbers) + 1))


def test_every_decision_has_the_same_four_parts() -> None:
    parts = ("## Context", "## Decision", "## Consequences", "Status:")
    lacking = [
        f"{path.name}: {part}"
        for path in (ROOT / "docs" / "adr").glob("[0-9]*.md")
        for part in parts
        if part not in path.read_text(encoding="utf-8")
    ]
    assert lacking == []


def test_links_between_documents_lead_somewhere() -> None:
    broken = [
        f"{path.relative_to(ROOT)} -> {target}"
        for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8"))
        if not (path.parent / target).exists()
    ]
    assert broken == []


def test_no_file_names_a_folder_of_the_machine_it_was_written_on() -> None:
    machine = re.compile("/" + "work/|/" + "root/|/" + r"home/[a-z]|/" + r"tmp/[a-z]")
    assert [name for name, text in kept_texts() if machine.search(text)] == []


def test_no_file_holds_a_token() -> None:
    token = re.compile(
        r"xox[abprs]-[0-9]{8,}-|xapp-[0-9]-[A-Z0-9]{8,}-|-----BEGIN [A-Z ]*PRIVATE KEY"
    )
    assert [name for name, text in kept_texts() if token.search(text)] == []


def kept_texts() -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for folder, folders, files in os.walk(ROOT):
        folders[:] = [name for name in folders if name not in NOT_KEPT and not hidden(name)]
        for name in files:
            path = Path(folder, name)
            if name in NOT_KEPT:  # a worktree's .git is a file
                continue
            if path.suffix in TEXT_ENDINGS and not name.endswith((".db", ".png")):
                text = path.read_text(encoding="utf-8", errors="replace")
                found.append((path.relative_to(ROOT).as_posix(), text))
    return found


def hidden(name: str) -> bool:
    return (name.startswith(".") and name != ".ci") or name.endswith((".egg-info", "_cache"))
