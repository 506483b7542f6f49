"""Set up what the repository needs, with nothing but Python 3.11 there before.

Makes `.venv`, installs what the lock file names (by hash), and, where asked, Chromium. Does
nothing when the lock file has not changed since the last time.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
LOCKS = {"dev": ROOT / "locks" / "dev.lock", "runtime": ROOT / "locks" / "runtime.lock"}
STAMP = VENV / ".set-up-from"
OLDEST = (3, 11)
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def main() -> int:
    """Set up, and say in one sentence what is missing when it cannot be done."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--lock", choices=sorted(LOCKS), default="dev")
    arguments.add_argument("--browser", action="store_true", help="also Chromium, for its tests")
    chosen = arguments.parse_args()
    if sys.version_info < OLDEST:
        print("Bridgewatch needs Python 3.11 or newer; set PYTHON to one: make PYTHON=python3.11")
        return 1
    lock = LOCKS[chosen.lock]
    wanted = f"{chosen.lock} {hashlib.sha256(lock.read_bytes()).hexdigest()}\n"
    if not (STAMP.exists() and STAMP.read_text() == wanted):
        if not _made_venv():
            return 1
        _install(lock)
        _write_command()
        STAMP.write_text(wanted)
    return _browser() if chosen.browser else 0


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


def _install(lock: Path) -> None:
    print(f"Installing what {lock.relative_to(ROOT)} names ...", flush=True)
    subprocess.run(
        [
            *(str(VENV / "bin" / "python"), "-m", "pip", "install", "-qq"),
            *("--disable-pip-version-check", "--no-deps", "--require-hashes", "-r", str(lock)),
        ],
        check=True,
    )


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
    if any(shutil.which(name) for name in BROWSERS):
        return 0
    print("Installing Chromium from Debian's packages ...", flush=True)
    if _apt_installed("chromium") and shutil.which("chromium"):
        return 0
    print(
        "The browser tests need Chromium, and it could not be installed here. "
        "On Debian: apt-get install chromium"
    )
    return 1


def _apt_installed(package: str) -> bool:
    """Install one Debian package where that is possible and allowed."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    calls = (
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", package],
    )
    return all(
        subprocess.run(call, env=quiet, stdout=subprocess.DEVNULL, check=False).returncode == 0
        for call in calls
    )


if __name__ == "__main__":
    sys.exit(main())
