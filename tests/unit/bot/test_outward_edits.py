"""An edit of what an account reads is asked about before it leaves, as its words were. D41; T14."""

from __future__ import annotations

from bot.engine import outgoing
from bot.engine.facts import Facts
from bot.engine.outgoing import Roads
from bot.engine.outward import leaving, may_be_held
from bot.engine.retiring import edit
from protocols.closure.events import AnswerSolved, Resolve
from protocols.kernel.endings import edit_key, ending_of
from store.read.deliveries import PostSent
from tests.kit.rules_incident import REF, Incident, customer, people, policy
from tests.property.leak.courier import Leaving
from tests.unit.presenters.walking import LINKS

POSTED = f"{REF}/text/1"
FACTS = Facts(policy(), people())


def edit_of(stream: str) -> Leaving:
    """Return the row by which a message in a stream says that the account called it solved."""
    incident = Incident.open().delivered().at("16:40")
    incident.by("csm-one", Resolve(REF, "The second run was stopped.", "Compare with your list."))
    incident.release().delivered("text/1").by(customer(), AnswerSolved(REF, solved=True))
    ending = ending_of(incident.ticket, "text/1", (), incident.ctx)
    assert ending is not None
    effect = edit(edit_key(REF, "text/1", ending), PostSent(POSTED, stream), ending)
    (row,) = outgoing.rows(
        (effect,), incident.ticket, incident.ctx, LINKS, Roads(mail=True), outgoing.of_ticket
    )
    return Leaving(row.key, REF, row.gateway, row.stream, row.payload)


def test_an_edit_before_an_account_names_the_message_whose_question_is_asked_about() -> None:
    row = edit_of("customer/C0ACME0001")
    assert may_be_held(row)
    assert leaving(row, FACTS).edits == POSTED


def test_an_edit_of_what_stays_inside_is_not_asked_about() -> None:
    row = edit_of("dm/csm-one")
    assert leaving(row, FACTS).edits == ""
