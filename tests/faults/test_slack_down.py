"""Slack is down for two hours: what must arrive arrives after, and who must act had a mail.

Proves: F10.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.files.policy import load_policy
from drill.local import LocalSlack
from protocols.ladder.events import StepKind
from protocols.ladder.state import Ladder
from store.read import deliveries
from tests.faults.weather import MANIFEST, PACE
from tests.kit import history
from tests.kit.bot import RunningBot
from tests.kit.incident import PlayedIncident
from tests.kit.slack_process import addresses_of
from tests.kit.waiting import until

pytestmark = [pytest.mark.crash, pytest.mark.slow]
POLICY = Path(__file__).parents[2] / "protocols" / "policy" / "policy.yaml"


def impatient_policy(folder: Path) -> Path:
    """Write the policy with a mail after one second instead of two minutes, and return its path."""
    text = POLICY.read_text()
    assert "mail_after: 2m" in text
    path = folder / "policy.yaml"
    path.write_text(text.replace("mail_after: 2m", "mail_after: 1s"))
    load_policy(path)
    return path


@pytest.mark.expects_errors
def test_after_two_hours_without_slack_all_has_arrived_and_leads_had_a_mail(
    database_url: str, tmp_path: Path
) -> None:
    policy = str(impatient_policy(tmp_path))
    with (
        LocalSlack(MANIFEST) as slack,
        RunningBot(addresses_of(slack), database_url, pace=PACE, BRIDGEWATCH_POLICY=policy) as bot,
    ):
        bot.wait_until_known()
        slack.down()
        incident = PlayedIncident(bot)
        incident.open()
        lifeline = bot.program.lifeline
        assert lifeline is not None
        opened_at = incident.ticket.opened_at
        bot.walk_without_waiting(opened_at + timedelta(hours=2))
        until(lambda: lifeline.look() or by_mail(bot, incident), 40, what="the mails")
        until(lambda: subjects(slack, "engineering.lead.one"), 40, what="the lead's mail")
        assert not slack.calls("chat.postMessage")
        slack.adopt_clock(bot.now())
        slack.up()
        bot.settle(180)
        assert history.violations(bot.database, history.Local(slack)) == []
        assert len(posted(slack, "BW-1001/card")) == 1
        acknowledged = incident.ticket.of(Ladder).step(StepKind.ACKNOWLEDGE)
        assert acknowledged is not None
        assert acknowledged.late_by_s > timedelta(hours=1).total_seconds()
        assert posted(slack, "BW-1001/late/acknowledge")
        assert prompts(bot, incident) == {"dropped"}


def by_mail(bot: RunningBot, incident: PlayedIncident) -> list[str]:
    with bot.database.read() as conn:
        rows = deliveries.of_ticket(conn, incident.reference)
    return [row.key for row in rows if row.key.endswith("/by-mail")]


def prompts(bot: RunningBot, incident: PlayedIncident) -> set[str]:
    """Return what became of the questions that had lost their sense when Slack came back."""
    with bot.database.read() as conn:
        rows = deliveries.of_ticket(conn, incident.reference)
    return {
        row.state
        for row in rows
        if row.surface == "drop_if_stale" and row.stale_at and row.stale_at <= bot.now()
    }


def subjects(slack: LocalSlack, address: str) -> list[str]:
    return [str(mail["subject"]) for mail in slack.mails if address in str(mail["to"])]


def posted(slack: LocalSlack, prefix: str) -> list[str]:
    keys = history.taken_by(history.Local(slack)).posts
    exact = [key for key in keys if key == prefix]
    return exact or [key for key in keys if key.startswith(prefix)]
