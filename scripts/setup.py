"""Set up what the repository needs, with nothing but Python 3.11 there before.

Makes `.venv`, installs what the lock file names (by hash), and, where asked, what the browser tests
need of the system. Does nothing when the lock file has not changed since the last time, and never
takes anything away: an environment for development is enough to run, too.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
LOCKS = {"dev": ROOT / "locks" / "dev.lock", "runtime": ROOT / "locks" / "runtime.lock"}
STAMP = VENV / ".set-up-from"
OLDEST = (3, 11)
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PACKAGE_OF = {
    "libatomic.so.1": "libatomic1",
    "libgcc_s.so.1": "libgcc-s1",
    "libstdc++.so.6": "libstdc++6",
}
"""Debian's package of each library that Playwright's own node is linked with."""


def main() -> int:
    """Set up, and say in one sentence what is missing when it cannot be done."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--lock", choices=sorted(LOCKS), default="dev")
    arguments.add_argument("--browser", action="store_true", help="also Chromium, for its tests")
    chosen = arguments.parse_args()
    if sys.version_info < OLDEST:
        print("Bridgewatch needs Python 3.11 or newer; set PYTHON to one: make PYTHON=python3.11")
        return 1
    stamp = STAMP.read_text() if STAMP.exists() else ""
    digests = {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in LOCKS.items()}
    if not is_enough(stamp, chosen.lock, digests):
        if not (_made_venv() and _installed(LOCKS[chosen.lock])):
            return 1
        _write_command()
        STAMP.write_text(_stamp(chosen.lock, digests))
    return _browser() if chosen.browser else 0


def is_enough(stamp: str, wanted: str, digests: Mapping[str, str]) -> bool:
    """Say whether an environment made as its stamp says holds all that a lock names.

    The lock for development names whatever the one for running does, in the same versions.
    """
    return stamp in {_stamp(wanted, digests), _stamp("dev", digests)}


def _stamp(lock: str, digests: Mapping[str, str]) -> str:
    return f"{lock} {digests[lock]}\n"


def _made_venv() -> bool:
    """Make the virtual environment; on Debian, first the package that can."""
    if (VENV / "bin" / "pip").exists():
        return True
    for _ in range(2):
        made = subprocess.run(
            [sys.executable, "-m", "venv", str(VENV)], capture_output=True, text=True, check=False
        )
        if made.returncode == 0:
            return True
        shutil.rmtree(VENV, ignore_errors=True)
        major, minor = sys.version_info[:2]
        if not _apt_installed(f"python{major}.{minor}-venv"):
            break
    print(made.stdout, made.stderr, sep="")
    print("Python cannot make a virtual environment. On Debian: apt-get install python3-venv")
    return False


def _installed(lock: Path) -> bool:
    print(f"Installing what {lock.relative_to(ROOT)} names ...", flush=True)
    done = subprocess.run(
        [
            *(str(VENV / "bin" / "python"), "-m", "pip", "install", "-qq"),
            *("--disable-pip-version-check", "--no-deps", "--require-hashes", "-r", str(lock)),
        ],
        check=False,
    )
    if done.returncode != 0:
        print("The Python packages could not be installed; pip says why above. Then run it again.")
    return done.returncode == 0


def _write_command() -> None:
    """Put `bridgewatch` into the environment; the code stays where it is and needs no building."""
    command = VENV / "bin" / "bridgewatch"
    command.write_text(
        f"#!{VENV / 'bin' / 'python'}\n"
        "import sys\n\n"
        f"sys.path.insert(0, {str(ROOT)!r})\n"
        "from bot.__main__ import main\n\n"
        "sys.exit(main())\n"
    )
    command.chmod(0o755)


def _browser() -> int:
    """See to it that there is a browser, and that what drives it finds its libraries."""
    lacking = _lacking()
    if lacking and _may_install():
        print(f"Installing {_listed(lacking)} from Debian's packages ...", flush=True)
        _apt_installed(*lacking)
        lacking = _lacking()
    if not lacking:
        return 0
    print(needs(lacking))
    return 1


def _lacking() -> list[str]:
    found = any(shutil.which(name) for name in BROWSERS)
    return ([] if found else ["chromium"]) + packages_of(_unlinked())


def _unlinked() -> list[str]:
    """Return the libraries that Playwright's own node is linked with and this machine lacks."""
    programs = [*VENV.glob("lib/python*/site-packages/playwright/driver/node")]
    if not programs or not shutil.which("ldd"):
        return []
    told = subprocess.run(["ldd", str(programs[0])], capture_output=True, text=True, check=False)
    return lacking_libraries(told.stdout)


def lacking_libraries(told: str) -> list[str]:
    """Return the names of the libraries that ``ldd`` did not find."""
    return [line.split()[0] for line in told.splitlines() if line.endswith("=> not found")]


def packages_of(libraries: Sequence[str]) -> list[str]:
    """Return Debian's packages of libraries; one that is not known is named as it is."""
    return [PACKAGE_OF.get(library, library) for library in libraries]


def needs(packages: Sequence[str]) -> str:
    """Return the sentence that says what is missing, and the line that installs it."""
    return (
        f"The browser tests need {_listed(packages)}, which could not be installed here. "
        f"On Debian: apt-get install {' '.join(packages)}"
    )


def _listed(names: Sequence[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if names[1:] else names)


def _may_install() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def _apt_installed(*packages: str) -> bool:
    """Install Debian packages where that is possible and allowed."""
    if not _may_install():
        return False
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    calls = (
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages],
    )
    return all(
        subprocess.run(call, env=quiet, stdout=subprocess.DEVNULL, check=False).returncode == 0
        for call in calls
    )


if __name__ == "__main__":
    sys.exit(main())
