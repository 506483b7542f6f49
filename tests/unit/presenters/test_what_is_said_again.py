"""What a pre-approved text says of the update whose words it repeats."""

from __future__ import annotations

from protocols.deliveries.events import BuryDelivery
from protocols.fixed_texts.events import SendFixed
from protocols.people.people import ENGINE
from templates.kit.links import Links
from templates.kit.presenting import facts_of
from tests.kit.rules_incident import DOING, REF, Incident, instant


def test_no_change_names_the_time_of_the_update_that_the_account_has() -> None:
    incident = Incident.open().staffed().delivered("ack").at("14:45").updated()
    incident.at("15:00").draft(doing="The second batch is being separated.").release()
    incident.by(ENGINE, BuryDelivery(REF, f"{REF}/text/2", "msg_too_long"))
    incident.at("15:20").by("csm-one", SendFixed(REF, "no_change"))
    [effect] = incident.told("no_change")
    made = facts_of("no_change", effect.params, incident.ticket, incident.ctx, Links())
    assert (made["doing"], made["last_update_at"]) == (DOING, instant("14:45"))
