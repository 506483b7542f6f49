"""app.yaml: Slack would take it, and it says what a person finds in the words of the product."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from bot.slack import manifest
from drill.facts import Method, event_scopes, methods

SCHEMA = json.loads(
    (Path(__file__).parent / "data" / "manifest.schema.2.0.0.json").read_text(encoding="utf-8")
)
FORMS: list[dict[str, Any]] = [
    manifest.load(),
    manifest.http_form(manifest.load(), "https://desk.vendor.example"),
    manifest.with_prefix(manifest.load(), "bw-"),
]


@pytest.mark.parametrize("form", FORMS, ids=["socket", "http", "prefixed"])
def test_every_form_is_valid_by_slacks_schema(form: dict[str, Any]) -> None:
    validator = jsonschema.validators.validator_for(SCHEMA)(SCHEMA)
    assert [error.message for error in validator.iter_errors(form)] == []


def test_the_schema_refuses_a_wrong_manifest() -> None:
    wrong = manifest.load()
    wrong["features"]["shortcuts"][0]["name"] = "Open a ticket from this message"
    validator = jsonschema.validators.validator_for(SCHEMA)(SCHEMA)
    assert not validator.is_valid(wrong)


def test_four_commands_and_four_shortcuts_are_declared() -> None:
    found = manifest.declared(manifest.load())
    assert found.commands == {"/ticket", "/bridge", "/oncall", "/account"}
    assert found.shortcuts == {
        "ticket.open",
        "ticket.open_from_message",
        "finding.record",
        "timeline.put",
    }


def test_mentions_in_commands_are_resolved_by_slack() -> None:
    commands = manifest.load()["features"]["slash_commands"]
    assert all(command["should_escape"] is True for command in commands)


def test_socket_mode_names_no_address() -> None:
    assert "http" not in manifest.printed(manifest.load())


def test_the_http_form_sends_everything_to_one_address() -> None:
    text = manifest.printed(manifest.http_form(manifest.load(), "https://desk.vendor.example/"))
    assert text.count("https://desk.vendor.example/slack/events") == 7
    assert "socket_mode_enabled: false" in text


@pytest.mark.parametrize("url", ["http://desk.vendor.example", "desk", "https://h/path", ""])
def test_an_address_slack_would_not_take_is_refused(url: str) -> None:
    with pytest.raises(manifest.ManifestRefused, match="https"):
        manifest.http_form(manifest.load(), url)


def test_a_prefix_changes_the_commands_alone() -> None:
    found = manifest.declared(manifest.with_prefix(manifest.load(), "bw-"))
    assert found.commands == {"/bw-ticket", "/bw-bridge", "/bw-oncall", "/bw-account"}


def test_too_long_a_prefix_is_refused() -> None:
    with pytest.raises(manifest.ManifestRefused, match="longer"):
        manifest.with_prefix(manifest.load(), "x" * 30)


def test_making_a_form_leaves_the_original_alone() -> None:
    original = manifest.load()
    before = manifest.printed(original)
    manifest.http_form(original, "https://desk.vendor.example")
    manifest.with_prefix(original, "bw-")
    assert manifest.printed(original) == before


def test_what_is_printed_reads_back_the_same() -> None:
    assert yaml.safe_load(manifest.printed(manifest.load())) == manifest.load()


def test_a_broken_file_is_refused_with_a_sentence(tmp_path: Path) -> None:
    broken = tmp_path / "app.yaml"
    broken.write_text("a: [1")
    with pytest.raises(manifest.ManifestRefused, match="not YAML"):
        manifest.load(broken)
    with pytest.raises(manifest.ManifestRefused, match="cannot be read"):
        manifest.load(tmp_path / "absent.yaml")


ROOT = Path(__file__).parents[2]
TRANSPORT = ROOT / "bot" / "gateways" / "slack.py"  # lists how methods travel, and calls none
METHOD = re.compile(
    r"[\"'](?:auth|bookmarks|chat|conversations|pins|reactions|team|users|views)\.[a-zA-Z.]+[\"']"
)


def called() -> dict[str, Method]:
    """Return every method of Slack that the product names in its code, and what is known of it."""
    texts = [
        path.read_text(encoding="utf-8")
        for folder in ("protocols", "templates", "handlers", "bot")
        for path in (ROOT / folder).rglob("*.py")
        if path != TRANSPORT
    ]
    names = {found.strip("\"'") for text in texts for found in METHOD.findall(text)}
    return {name: fact for name, fact in methods().items() if name in names}


def test_every_method_the_product_calls_is_within_its_scopes() -> None:
    scopes = manifest.declared(manifest.load()).scopes
    beyond = {
        name: fact.scopes
        for name, fact in called().items()
        if fact.scopes and not scopes & set(fact.scopes)
    }
    assert beyond == {}


def test_every_event_is_within_the_scopes() -> None:
    found = manifest.declared(manifest.load())
    needed = event_scopes()
    assert {
        name: needed[name]
        for name in found.events
        if needed[name] and not found.scopes & set(needed[name])
    } == {}


def test_no_scope_is_asked_for_that_no_call_no_event_and_no_field_needs() -> None:
    found = manifest.declared(manifest.load())
    wanted = {scope for fact in called().values() for scope in fact.scopes}
    wanted |= {scope for name in found.events for scope in event_scopes()[name]}
    wanted |= {"commands", "users:read"}  # Slack grants users:read.email only beside users:read
    wanted |= {"files:read"} if _a_form_takes_files() else set()
    assert found.scopes - wanted == set()


def _a_form_takes_files() -> bool:
    field = re.compile(r"^input: .*:: files ", re.MULTILINE)
    views = (ROOT / "templates").glob("*/views/*.j2")
    return any(field.search(path.read_text("utf-8")) for path in views)


def test_every_scope_and_event_says_why_beside_it() -> None:
    text = manifest.DEFAULT_PATH.read_text(encoding="utf-8")
    found = manifest.declared(manifest.load())
    named = found.scopes | found.events
    silent = [
        name
        for name in named
        if not re.search(rf"- {re.escape(name)} # \w", text) and name != "channel_unshared"
    ]
    assert silent == []
