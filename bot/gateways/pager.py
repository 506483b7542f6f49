"""Waking people: one webhook of the customer's choice, taken from BRIDGEWATCH_PAGER_URL."""

from __future__ import annotations

from bot.gateways.webhook import WebhookGateway


class PagerGateway(WebhookGateway):
    """Posts pages; the receiver folds repeats by the key.

    Args:
        url: BRIDGEWATCH_PAGER_URL.
    """

    def __init__(self, url: str) -> None:
        super().__init__(url)
