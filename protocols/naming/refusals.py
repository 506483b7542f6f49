"""Why the account of a ticket is not set."""

from __future__ import annotations

from protocols.kernel.refusals import Refusal


class AccountUnknown(Refusal):
    """The directory has no account of this key."""

    code = "account_unknown"
