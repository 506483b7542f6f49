"""Who is told what: inside words reach one of us, an account's words its own road, ever.

Proves: T13.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.engine.outgoing import NotForThem, need_reader
from protocols.account.addresses import AccountMail, CustomerThread, VendorMail
from protocols.bridge.addresses import Bridge
from protocols.kernel.effects import Address, Dm, Effect, Gateway, Page, StaffMail
from protocols.people.people import BOT, Contact, NotOneOfUs, Staff, Who
from protocols.updates.addresses import StatusPage
from templates.kit.presenting import template_for
from tests.kit.chance import in_every_history
from tests.kit.rules_incident import Incident, who

pytestmark = pytest.mark.xdist_group("every history")
OUTSIDE = Contact("", "ap.director.one@acme.example")

if TYPE_CHECKING:  # A type that fitted would make its "ignore" one that nobody needs: an error.
    Dm(OUTSIDE)  # type: ignore[arg-type]
    Page(Who("U0APDIRECTOR", "AP Director"))  # type: ignore[arg-type]
    StaffMail(BOT)  # type: ignore[arg-type]
    AccountMail((who("csm-one"),))  # type: ignore[arg-type]


@in_every_history
def test_whoever_is_told_inside_words_is_one_of_us(incident: Incident) -> None:
    told = [e.to for e in incident.effects if isinstance(e.to, Dm | Page | StaffMail)]
    if incident.ctx.has_rota:
        known = {person.key for person in incident.ctx.directory.people}
        assert {to.person.key for to in told} <= known


@in_every_history
def test_whoever_is_mailed_an_accounts_words_is_none_of_us(incident: Incident) -> None:
    ours = {person.email for person in incident.ctx.directory.people if person.email}
    told = [e.to for e in incident.effects if isinstance(e.to, AccountMail)]
    assert ours.isdisjoint(contact.email for to in told for contact in to.contacts)


@in_every_history
def test_everybody_is_told_what_they_may_read(incident: Incident) -> None:
    for effect in incident.effects:
        if effect.template is not None:
            need_reader(effect, template_for(effect.template, incident.ticket))


@pytest.mark.parametrize("key", [BOT.key, OUTSIDE.email, ""])
@pytest.mark.parametrize("address", [Dm, Page, StaffMail])
def test_a_machine_or_an_address_is_not_one_of_us(address: type[Dm], key: str) -> None:
    with pytest.raises(NotOneOfUs):
        address(Staff(Who(key, "Somebody")))


@pytest.mark.parametrize(
    ("to", "words"),
    [
        (AccountMail((OUTSIDE,)), "overdue_update"),
        (VendorMail(OUTSIDE), "overdue_update"),
        (VendorMail(OUTSIDE), "ack_customer"),
        (CustomerThread("C0ACME00001", None), "review"),
        (StatusPage(), "brief_t3"),
        (Bridge(), "ack_customer"),
        (Dm(who("csm-one")), "vendor_notice"),
        (StaffMail(who("csm-one")), "ack_customer"),
    ],
    ids=str,
)
def test_words_for_others_are_refused(to: Address, words: str) -> None:
    with pytest.raises(NotForThem, match=words.partition("_")[0]):
        need_reader(Effect(words, Gateway.MAIL, "send", to, template=words), words)
