"""Why a seat on the bridge is refused."""

from __future__ import annotations

from protocols.kernel.refusals import Refusal


class RoleConflict(Refusal):
    """Nobody investigates and writes to the customer. Source: D14."""

    code = "role_conflict"


class RoleAlreadyTaken(Refusal):
    """Someone else was faster. Source: D14."""

    code = "role_taken"
