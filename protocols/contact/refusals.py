"""Why the point of contact is refused."""

from __future__ import annotations

from protocols.kernel.refusals import Refusal


class NotACsm(Refusal):
    """The contact of an account is a CSM of the directory. Source: S39, D23."""

    code = "not_a_csm"


class NotOfItsTeam(Refusal):
    """A ticket of Tier 1 or 2 is given within its team, or to the front line. S2, S7, D37."""

    code = "not_of_its_team"
