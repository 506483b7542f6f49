"""Why a ticket is not given to a team."""

from __future__ import annotations

from protocols.kernel.refusals import Refusal


class NoSuchTeam(Refusal):
    """Neither the policy nor the directory has a team of this name. Source: S78."""

    code = "no_such_team"


class NoSuchCategory(Refusal):
    """The policy has no category of this key, or no more. Source: S78."""

    code = "no_such_category"
