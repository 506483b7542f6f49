"""The HTTP protocol of the server, with the connection itself in reach so that it can be broken."""

from __future__ import annotations

from asyncio import Transport

from starlette.types import Scope
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

KEY = "drill.transport"


class BreakableProtocol(HttpToolsProtocol):
    """uvicorn's protocol; the scope carries the transport."""

    def on_message_begin(self) -> None:
        """Put the transport where the application finds it."""
        super().on_message_begin()
        self.scope["drill.transport"] = self.transport  # type: ignore[typeddict-unknown-key]


def break_connection(scope: Scope) -> None:
    """Reset the connection of this request: the caller gets no answer."""
    transport = scope[KEY]
    if isinstance(transport, Transport) or hasattr(transport, "abort"):
        transport.abort()
