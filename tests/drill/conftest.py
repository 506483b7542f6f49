"""The local Slack and a scripted app beside it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from drill.local import LocalSlack
from tests.drill.tiny_bot import TinyBot

MANIFEST = Path(__file__).parent / "manifest.yaml"


@pytest.fixture
def slack() -> Iterator[LocalSlack]:
    with LocalSlack(MANIFEST) as running:
        yield running


@pytest.fixture
def bot(slack: LocalSlack) -> Iterator[TinyBot]:
    made = TinyBot(slack).serve_http()
    yield made
    slack.settle()
    made.stop()


@pytest.fixture
def socket_slack() -> Iterator[LocalSlack]:
    with LocalSlack(MANIFEST, mode="socket", ack_limit_s=0.5) as running:
        yield running


@pytest.fixture
def socket_bot(socket_slack: LocalSlack) -> Iterator[TinyBot]:
    made = TinyBot(socket_slack)
    made.keep_events()
    made.serve_socket()
    yield made
    made.stop()
