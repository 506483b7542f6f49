"""The bot of a drill knows the channels of its world's teams."""

from __future__ import annotations

from pathlib import Path

import yaml

from bot.files.directory import directory_of
from drill.seed import read_seed
from drill.teams import write_directory

SAMPLE = Path(__file__).resolve().parents[2] / "directory.example.yaml"


def test_each_channel_of_a_team_is_in_the_directory_that_the_bot_reads(tmp_path: Path) -> None:
    written = write_directory(SAMPLE, "acme", tmp_path)
    found = directory_of(yaml.safe_load(written.read_text("utf-8")))
    wanted = {one["team"]: one["id"] for one in read_seed("acme")["channels"] if "team" in one}
    assert wanted
    assert {team.key: team.channel for team in found.teams if team.channel} == wanted
    assert len(found.people) == len(yaml.safe_load(SAMPLE.read_text("utf-8"))["people"])
