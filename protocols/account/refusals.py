"""Why words for an account are refused."""

from __future__ import annotations

from protocols.kernel.refusals import Refusal


class NoRoute(Refusal):
    """The account has neither a shared channel nor a mail contact. Source: D24."""

    code = "no_route"
