"""Why a ticket is not escalated, or an escalation does not end."""

from __future__ import annotations

from protocols.kernel.refusals import Refusal


class HasItsPeople(Refusal):
    """On Tier 3 and 4 all who are needed are in the bridge already. Source: S13."""

    code = "has_its_people"


class NotToBeAskedFor(Refusal):
    """The policy has no row of this name that a person may ask for. Source: S93."""

    code = "no_such_escalation"


class NotEscalated(Refusal):
    """The ticket is not escalated."""

    code = "not_escalated"


class NobodyHasIt(Refusal):
    """An escalation does not end while nobody has taken the ticket. Source: S65, S146."""

    code = "nobody_has_it"
