"""Who is told what: inside words reach one of us, an account's words its own road, ever."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings

from protocols.account.state import Road
from protocols.kernel.effects import (
    Bridge,
    Channel,
    CustomerThread,
    Dm,
    Effect,
    MailTo,
    Page,
    StatusPage,
)
from templates.kit import catalogue
from templates.kit.presenting import template_for
from tests.kit.chance import histories
from tests.kit.rules_incident import Incident

SOME = settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def audience(incident: Incident, effect: Effect) -> str:
    """Return who reads the words of an effect; empty for one without words."""
    if effect.template is None or isinstance(effect.to, Page):
        return ""
    found = catalogue.messages().get(template_for(effect.template, incident.ticket))
    return found.audience if found is not None else "internal"


def is_outward(incident: Incident, effect: Effect) -> bool:
    """Say whether an effect goes to the account, to a third party, or to the public."""
    inside = {person.email for person in incident.ctx.directory.people if person.email}
    if isinstance(effect.to, MailTo):
        return not set(effect.to.addresses) <= inside
    road = incident.ticket.of(Road).route.channel_id
    own = isinstance(effect.to, Channel) and effect.to.channel_id == road
    return own or isinstance(effect.to, CustomerThread | StatusPage)


@SOME
@given(histories())
def test_a_direct_message_or_a_page_is_for_one_of_us_alone(incident: Incident) -> None:
    directory, ctx = incident.ctx.directory, incident.ctx
    told = {effect.to.person for effect in incident.effects if isinstance(effect.to, Dm | Page)}
    outside = {contact.email for account in directory.accounts for contact in account.contacts}
    assert told.isdisjoint(outside)
    if ctx.has_rota:
        assert told <= {person.key for person in directory.people}


@SOME
@given(histories())
def test_nothing_internal_leaves_the_house(incident: Incident) -> None:
    for effect in incident.effects:
        if is_outward(incident, effect):
            assert audience(incident, effect) in ("customer", "partner", "third_party", "")


@SOME
@given(histories())
def test_an_accounts_words_are_told_by_its_road_and_not_inside(incident: Incident) -> None:
    for effect in incident.effects:
        if isinstance(effect.to, Bridge | Dm):
            assert audience(incident, effect) not in ("customer", "partner", "third_party")
