"""Why words with an amount are refused."""

from __future__ import annotations

from protocols.kernel.refusals import Refusal


class NotVerified(Refusal):
    """Words to the account name an amount, and nobody has recorded how it was verified. S72."""

    code = "not_verified"
