"""Who a Slack user is to us: unknown is refused, a name stays a name, a domain is no standing.

Source: D29, D32.

Proves: T05, T06.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.engine.facts import Acquaintance, Facts, Identity
from bot.files.directory import parse_directory
from bot.slack.users import kind_of
from protocols.people.directory import Directory
from protocols.people.people import Standing
from store.write.people import SlackUser
from tests.kit.rules_incident import policy

OURS, THEIRS = "T0VENDOR01", "T0ACME0001"
DIRECTORY = """\
people:
  csm-one: {name: CSM One, email: csm.one@vendor.example, duties: [csm]}
  csm-two: {name: CSM Two, email: csm.two@vendor.example, duties: [csm]}
accounts:
  acme:
    name: Acme
    kind: customer
    time_zone: America/New_York
    contacts:
      - {name: AP Director One, email: AP.director.one@acme.example}
      - {name: AP Clerk Two, slack: U0CLERK002}
  birch:
    name: Birch
    kind: customer
    time_zone: America/New_York
    contacts:
      - {name: AP Director One, email: ap.director.one@acme.example}
  gone:
    name: Gone
    kind: customer
    time_zone: America/New_York
    active: false
    contacts:
      - {name: Someone, email: someone@gone.example}
"""
WHO_ACTS = "U0CSMONE01"


def directory(text: str = DIRECTORY) -> Directory:
    return parse_directory(text.encode())


def user(slack_id: str, email: str = "", kind: str = "member", team: str = OURS) -> SlackUser:
    at = datetime(2026, 11, 23, tzinfo=UTC)
    return SlackUser(slack_id, team, email or None, slack_id.title(), None, kind, at)


CSM_ONE = user(WHO_ACTS, "csm.one@vendor.example")
DIRECTOR = user("U0DIRECTOR", "ap.director.one@acme.example", "stranger", THEIRS)
CLERK = user("U0CLERK001", "ap.clerk.one@acme.example", "stranger", THEIRS)
NO_MAIL = user("U0CLERK002", "", "stranger", THEIRS)


def facts(*people: SlackUser, team: str = OURS) -> Facts:
    made = Facts(policy(), directory())
    known = {one.slack_id: one for one in people}
    made.learn(Acquaintance(Identity(team_id=team), known, complete=True))
    return made


def again(made: Facts, *people: SlackUser) -> Facts:
    """Return the facts after Slack was read once more."""
    known = {one.slack_id: one for one in people}
    made.learn(replace(made.known, people=known))
    return made


def standing(made: Facts, person: SlackUser, team: str | None) -> Standing:
    return made.actor(team, person.slack_id).standing


# Whose workspace.


@pytest.mark.parametrize("team", [None, "", THEIRS, "T0OTHER"])
def test_a_payload_of_an_unknown_or_another_workspace_is_from_outside(team: str | None) -> None:
    made = facts(CSM_ONE)
    assert standing(made, CSM_ONE, OURS) is Standing.MEMBER
    assert standing(made, CSM_ONE, team) is Standing.OUTSIDE
    assert not made.actor(team, WHO_ACTS).duties


@pytest.mark.parametrize("team", [None, "", OURS, THEIRS])
def test_while_our_own_workspace_is_not_known_everybody_is_outside(team: str | None) -> None:
    made = facts(CSM_ONE, team="")
    assert standing(made, CSM_ONE, team) is Standing.OUTSIDE
    assert made.who(WHO_ACTS) is None


@pytest.mark.parametrize("team", ["", THEIRS])
def test_a_member_of_an_unknown_or_another_workspace_is_outside(team: str) -> None:
    stranger = user("U0NEW", "csm.one@vendor.example", "member", team)
    made = facts(stranger)
    assert standing(made, stranger, OURS) is Standing.OUTSIDE
    assert made.unreachable == {"csm-one", "csm-two"}


@pytest.mark.parametrize("kind", ["guest", "stranger", "bot", "deactivated", "unknown"])
def test_only_full_members_are_ours(kind: str) -> None:
    person = user("U0SOMEONE", "csm.one@vendor.example", kind)
    assert standing(facts(person), person, OURS) is Standing.OUTSIDE


def test_a_user_whom_slack_has_not_told_of_is_outside() -> None:
    assert facts(CSM_ONE).actor(OURS, "U0NOBODY").standing is Standing.OUTSIDE


@pytest.mark.parametrize(
    ("wire", "team", "kind"),
    [
        ({"team_id": OURS}, OURS, "member"),
        ({"team_id": OURS}, "", "unknown"),
        ({}, OURS, "unknown"),
        ({}, "", "unknown"),
        ({"team_id": THEIRS}, OURS, "stranger"),
        ({"is_stranger": True}, "", "stranger"),
        ({"team_id": OURS, "is_restricted": True}, OURS, "guest"),
        ({"team_id": OURS, "is_ultra_restricted": True}, OURS, "guest"),
        ({"team_id": OURS, "is_bot": True}, OURS, "bot"),
        ({"team_id": OURS, "deleted": True}, OURS, "deactivated"),
    ],
)
def test_what_slack_says_of_a_user(wire: dict[str, object], team: str, kind: str) -> None:
    assert kind_of({"id": "U1", **wire}, team) == kind


# Who stands for an account.


def test_a_named_contact_stands_for_every_account_that_names_them() -> None:
    director = facts(CSM_ONE, DIRECTOR).actor(THEIRS, "U0DIRECTOR")
    assert director.standing is Standing.CUSTOMER
    assert director.accounts == {"acme", "birch"}
    assert director.account is None, "which one is decided by the ticket"
    assert [director.speaks_for(key) for key in ("acme", "birch", "elm")] == [True, True, False]


def test_a_stranger_of_the_same_mail_domain_stands_for_nobody() -> None:
    assert standing(facts(CSM_ONE, CLERK), CLERK, THEIRS) is Standing.OUTSIDE


def test_a_contact_whose_address_slack_does_not_tell_is_named_by_their_slack_user() -> None:
    clerk = facts(CSM_ONE, NO_MAIL).actor(THEIRS, "U0CLERK002")
    assert clerk.speaks_for("acme")
    assert not clerk.speaks_for("birch")


@pytest.mark.parametrize("kind", ["deactivated", "bot", "unknown"])
def test_a_named_address_alone_is_no_standing(kind: str) -> None:
    person = replace(DIRECTOR, kind=kind)
    assert standing(facts(person), person, THEIRS) is Standing.OUTSIDE


def test_a_guest_of_ours_whom_a_contacts_address_names_is_the_accounts_voice_and_not_ours() -> None:
    guest = replace(DIRECTOR, kind="guest", team_id=OURS)
    known = facts(CSM_ONE, guest)
    assert known.actor(OURS, guest.slack_id).speaks_for("acme")
    assert known.who(guest.slack_id) is None
    assert known.has_speaker("acme")


def test_a_guest_of_ours_whom_nobody_names_stands_for_nobody() -> None:
    guest = user("U0GUEST", "guest@acme.example", "guest")
    assert standing(facts(guest), guest, OURS) is Standing.OUTSIDE


def test_a_contact_of_an_account_set_inactive_speaks_for_its_tickets_and_opens_none() -> None:
    person = user("U0GONE", "someone@gone.example", "stranger", THEIRS)
    someone = facts(person).actor(THEIRS, "U0GONE")
    assert someone.speaks_for("gone")
    assert someone.account is None


def test_a_contact_in_a_payload_without_a_workspace_stands_for_nobody() -> None:
    assert standing(facts(DIRECTOR), DIRECTOR, None) is Standing.OUTSIDE


# A person stays the same person.

MOVED = replace(CSM_ONE, email="one@new.example")


def test_a_person_whose_address_changes_in_slack_keeps_their_key() -> None:
    made = again(facts(CSM_ONE), MOVED)
    assert made.actor(OURS, WHO_ACTS).who.key == "csm-one"
    assert made.actor(OURS, WHO_ACTS).holds("csm")
    assert made.slack_id("csm-one") == WHO_ACTS
    assert "csm-one" not in made.unreachable


def test_a_ticket_that_holds_the_slack_id_holds_the_same_person() -> None:
    made = again(facts(CSM_ONE), MOVED)
    ctx = made.context(datetime(2026, 11, 23, tzinfo=UTC), made.actor(OURS, WHO_ACTS), made.policy)
    assert ctx.same(WHO_ACTS, "csm-one")
    assert ctx.is_ours(WHO_ACTS)
    assert made.keys_of("csm-one") == {WHO_ACTS}


def test_who_is_named_by_the_directory_wins_over_who_was_learnt() -> None:
    successor = user("U0CSMNEW01", "csm.one@vendor.example")
    made = again(facts(CSM_ONE), MOVED, successor)
    assert made.actor(OURS, "U0CSMNEW01").who.key == "csm-one"
    assert made.actor(OURS, WHO_ACTS).who.key == WHO_ACTS


def test_one_whose_new_address_is_another_persons_is_that_person() -> None:
    made = again(facts(CSM_ONE), replace(CSM_ONE, email="csm.two@vendor.example"))
    assert made.actor(OURS, WHO_ACTS).who.key == "csm-two"
    assert made.slack_id("csm-one") is None


def test_what_was_learnt_ends_with_the_slack_user() -> None:
    made = again(facts(CSM_ONE), replace(MOVED, kind="deactivated"))
    assert made.slack_id("csm-one") is None
    assert "csm-one" in made.unreachable


def test_what_was_learnt_ends_when_the_directory_names_another_address() -> None:
    before = facts(CSM_ONE)
    text = DIRECTORY.replace("csm.one@vendor", "someone.else@vendor")
    made = Facts(policy(), directory(text))
    made.learn(replace(before.known, people={WHO_ACTS: MOVED}))
    assert made.actor(OURS, WHO_ACTS).who.key == WHO_ACTS


def test_two_users_with_addresses_of_one_person_are_one_person() -> None:
    second = user("U0CSMONE02", "CSM.ONE@vendor.example")
    made = facts(CSM_ONE, second)
    assert made.keys_of("csm-one") == {WHO_ACTS, "U0CSMONE02"}
    assert made.actor(OURS, "U0CSMONE02").who.key == "csm-one"
