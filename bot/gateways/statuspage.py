"""The public status page, behind one webhook taken from the settings."""

from __future__ import annotations

from bot.gateways.webhook import WebhookGateway


class StatusPageGateway(WebhookGateway):
    """Posts reviewed words to the status page.

    Args:
        url: the page's webhook.
        token: its bearer token; empty for none.
    """

    def __init__(self, url: str, *, token: str = "") -> None:
        super().__init__(url, bearer=token)
