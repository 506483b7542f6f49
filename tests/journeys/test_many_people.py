"""Thousands of people and a Slack that limits their list: whoever acts is known meanwhile."""

from __future__ import annotations

from drill.local import LocalSlack
from tests.kit.bot import ROOT, RunningBot
from tests.kit.slack_process import addresses_of
from tests.kit.waiting import until


def test_who_acts_before_the_list_reached_them_is_served_within_three_seconds(
    migrated_sqlite_url: str,
) -> None:
    with LocalSlack(ROOT / "app.yaml") as slack:
        slack.populate(4_500)
        slack.fault("users.list", "429", retry_after_s="60", only_if="cursor", count=0)
        with RunningBot(addresses_of(slack), migrated_sqlite_url) as bot:
            slack.request_url = bot.events_url
            until(lambda: slack.calls("users.list"), what="the beginning of the list")
            csm = slack.person("csm-three")
            outcome = csm.command("/ticket", "Payments sent twice")
            assert outcome.failure == ""
            slack.wait_for(lambda: csm.has_view, 30.0)
            assert csm.view.submit_text
            nobody_of_ours = slack.person("workspace-admin")
            assert nobody_of_ours.command("/oncall", "").failure == ""
            slack.wait_for(lambda: nobody_of_ours.ephemerals, 30.0)
            assert "On duty now" in nobody_of_ours.ephemerals[-1].words
            assert not bot.program.parts.facts.known.complete
