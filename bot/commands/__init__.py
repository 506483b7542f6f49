"""The commands of the command line, one file each."""

from __future__ import annotations

import argparse
from typing import TypeAlias

# argparse gives this class no public name.
Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001
"""What each command adds itself to."""
