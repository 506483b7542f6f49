"""The Web API answers as Slack does, and refuses as Slack does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from drill.coverage import HANDLERS, PARTIAL, coverage
from drill.facts import methods
from drill.local import LocalSlack
from tests.drill.conftest import MANIFEST
from tests.drill.tiny_bot import TinyBot, section

Wire = dict[str, Any]


@pytest.fixture
def client(slack: LocalSlack) -> WebClient:
    return WebClient(token=slack.bot_token, base_url=slack.api_url, retry_handlers=[], timeout=5)


def refused(call: Any, **args: Any) -> Wire:
    with pytest.raises(SlackApiError) as caught:
        call(**args)
    data: Wire = caught.value.response.data
    return data


def bridge(client: WebClient, name: str = "bw-1001-acme") -> str:
    made = client.conversations_create(name=name, is_private=True)
    return str(made["channel"]["id"])


def test_the_bot_learns_who_it_is_and_what_it_may(client: WebClient) -> None:
    answer = client.auth_test()
    assert answer["user_id"].startswith("U")
    assert answer["bot_id"].startswith("B")
    assert "chat:write" in answer.headers["x-oauth-scopes"].split(",")


@pytest.mark.parametrize(
    ("token", "error"),
    [("", "not_authed"), ("xoxb-other", "invalid_auth"), ("xapp-drill", "not_allowed_token_type")],
)
def test_a_wrong_token_is_refused(slack: LocalSlack, token: str, error: str) -> None:
    client = WebClient(token=token, base_url=slack.api_url, retry_handlers=[])
    assert refused(client.auth_test)["error"] == error


def test_an_unknown_method_is_refused(client: WebClient) -> None:
    assert refused(client.api_call, api_method="chat.shout")["error"] == "unknown_method"


def test_a_scope_not_granted_is_named(client: WebClient) -> None:
    channel = bridge(client)
    ts = client.chat_postMessage(channel=channel, text="x")["ts"]
    answer = refused(client.reactions_add, channel=channel, timestamp=ts, name="eyes")
    assert answer["error"] == "missing_scope"
    assert answer["needed"] == "reactions:write"
    assert "chat:write" in answer["provided"]


def test_a_private_channel_needs_the_scopes_of_private_channels(
    tmp_path: Path, slack: LocalSlack
) -> None:
    tree = yaml.safe_load(MANIFEST.read_text())
    tree["oauth_config"]["scopes"]["bot"].remove("groups:write")
    poorer = tmp_path / "app.yaml"
    poorer.write_text(yaml.safe_dump(tree))
    with LocalSlack(poorer) as other:
        client = WebClient(token=other.bot_token, base_url=other.api_url, retry_handlers=[])
        answer = refused(client.conversations_create, name="x", is_private=True)
        assert (answer["error"], answer["needed"]) == ("missing_scope", "groups:write")
        assert client.conversations_create(name="x")["ok"]


def test_a_private_channel_the_bot_is_not_in_is_not_found(client: WebClient) -> None:
    answer = refused(client.chat_postMessage, channel="C0LEADERS1", text="x")
    assert answer["error"] == "channel_not_found"


def test_a_public_channel_the_bot_is_not_in_takes_no_message(client: WebClient) -> None:
    answer = refused(client.chat_postMessage, channel="C0SUPPORT1", text="x")
    assert answer["error"] == "not_in_channel"


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("", "invalid_name_required"),
        ("Bridge", "invalid_name_specials"),
        ("a b", "invalid_name_specials"),
        ("a.b", "invalid_name_specials"),
        ("---", "invalid_name_punctuation"),
        ("x" * 81, "invalid_name_maxlength"),
        ("leadership", "name_taken"),
    ],
)
def test_a_channel_name_is_refused_by_the_rule_it_breaks(
    client: WebClient, name: str, error: str
) -> None:
    assert refused(client.conversations_create, name=name)["error"] == error


def test_the_name_of_an_archived_channel_stays_taken(client: WebClient) -> None:
    client.conversations_archive(channel=bridge(client, "bw-1"))
    assert refused(client.conversations_create, name="bw-1")["error"] == "name_taken"


def test_one_wrong_guest_keeps_all_out_and_each_error_is_named(
    slack: LocalSlack, client: WebClient
) -> None:
    channel = bridge(client)
    answer = refused(
        client.conversations_invite, channel=channel, users=["U0CSMONE01", "U0FORMER01"]
    )
    assert answer["errors"] == [{"user": "U0FORMER01", "ok": False, "error": "user_not_found"}]
    assert slack.channel("bw-1001-acme").members.keys() == {slack.core.world.bot_user_id}


def test_force_invites_the_valid_ones(slack: LocalSlack, client: WebClient) -> None:
    channel = bridge(client)
    refused(
        client.conversations_invite,
        channel=channel,
        users=["U0CSMONE01", "U0FORMER01"],
        force=True,
    )
    assert "U0CSMONE01" in slack.channel("bw-1001-acme").members


def test_an_outside_person_cannot_be_invited_into_an_inside_channel(client: WebClient) -> None:
    answer = refused(client.conversations_invite, channel=bridge(client), users="U0APDIREC1")
    assert answer["errors"][0]["error"] == "org_user_not_in_team"


def test_a_topic_holds_250_characters(client: WebClient) -> None:
    channel = bridge(client)
    assert client.conversations_setTopic(channel=channel, topic="x" * 250)["ok"]
    answer = refused(client.conversations_setTopic, channel=channel, topic="x" * 251)
    assert answer["error"] == "too_long"


def test_an_archived_channel_takes_neither_posts_nor_edits(client: WebClient) -> None:
    channel = bridge(client)
    ts = client.chat_postMessage(channel=channel, text="x")["ts"]
    client.conversations_archive(channel=channel)
    assert refused(client.chat_postMessage, channel=channel, text="y")["error"] == "is_archived"
    edit = refused(client.chat_update, channel=channel, ts=ts, text="y")
    assert edit["error"] == "is_inactive"


def test_metadata_comes_back_only_when_it_is_asked_for(client: WebClient) -> None:
    channel = bridge(client)
    behind = {"event_type": "bridge_dispatch", "event_payload": {"key": "k1"}}
    ts = client.chat_postMessage(channel=channel, text="x", metadata=behind)["ts"]
    plain = client.conversations_history(channel=channel)["messages"][0]
    full = client.conversations_history(channel=channel, include_all_metadata=True)["messages"][0]
    assert "metadata" not in plain
    assert (full["ts"], full["metadata"]) == (ts, behind)


@pytest.mark.parametrize(
    ("metadata", "error"),
    [
        ("no", "invalid_metadata_format"),
        ({"event_type": "x"}, "invalid_metadata_schema"),
        ({"event_type": "x", "event_payload": {"a": None}}, "invalid_metadata_schema"),
        ({"event_type": "x", "event_payload": {"a": {"b": {"c": 1}}}}, "invalid_metadata_schema"),
    ],
)
def test_metadata_out_of_shape_is_refused(client: WebClient, metadata: object, error: str) -> None:
    answer = refused(
        client.api_call,
        api_method="chat.postMessage",
        json={"channel": bridge(client), "text": "x", "metadata": metadata},
    )
    assert answer["error"] == error


def test_history_is_read_in_pages_newest_first(client: WebClient) -> None:
    channel = bridge(client)
    stamps = [client.chat_postMessage(channel=channel, text=str(n))["ts"] for n in range(5)]
    seen: list[str] = []
    cursor = ""
    while True:
        answer = client.conversations_history(channel=channel, limit=2, cursor=cursor)
        seen += [m["ts"] for m in answer["messages"]]
        cursor = (answer.get("response_metadata") or {}).get("next_cursor", "")
        if not cursor:
            break
    assert seen == stamps[::-1]


def test_history_keeps_to_oldest(client: WebClient) -> None:
    channel = bridge(client)
    first = client.chat_postMessage(channel=channel, text="1")["ts"]
    second = client.chat_postMessage(channel=channel, text="2")["ts"]
    after = client.conversations_history(channel=channel, oldest=first)["messages"]
    from_on = client.conversations_history(channel=channel, oldest=first, inclusive=True)
    assert [m["ts"] for m in after] == [second]
    assert [m["ts"] for m in from_on["messages"]] == [second, first]


def test_a_reply_is_in_its_thread_and_not_in_history(client: WebClient) -> None:
    channel = bridge(client)
    root = client.chat_postMessage(channel=channel, text="root")["ts"]
    reply = client.chat_postMessage(channel=channel, text="reply", thread_ts=root)["ts"]
    assert reply not in [m["ts"] for m in client.conversations_history(channel=channel)["messages"]]
    thread = client.conversations_replies(channel=channel, ts=root)["messages"]
    assert [m["ts"] for m in thread] == [root, reply]
    assert thread[0]["reply_count"] == 1


def test_an_ephemeral_message_is_seen_by_one_and_is_not_in_history(
    slack: LocalSlack, client: WebClient
) -> None:
    client.chat_postEphemeral(channel="C0ACMESUP1", user="U0CSMONE01", text="only you")
    assert [m.text for m in slack.person("csm-one").messages("acme-support")] == ["only you"]
    assert slack.person("csm-two").messages("acme-support") == []
    assert client.conversations_history(channel="C0ACMESUP1")["messages"] == []


def test_an_ephemeral_message_needs_its_reader_in_the_channel(client: WebClient) -> None:
    answer = refused(client.chat_postEphemeral, channel="C0ACMESUP1", user="U0LEGAL001", text="x")
    assert answer["error"] == "user_not_in_channel"


def test_an_edit_over_4000_characters_is_too_long(client: WebClient) -> None:
    channel = bridge(client)
    ts = client.chat_postMessage(channel=channel, text="x" * 4001)["ts"]
    answer = refused(client.chat_update, channel=channel, ts=ts, text="x" * 4001)
    assert answer["error"] == "msg_too_long"


def test_a_text_over_40000_characters_is_cut_with_a_warning(client: WebClient) -> None:
    answer = client.chat_postMessage(channel=bridge(client), text="x" * 40_001)
    assert answer["warning"] == "message_truncated"
    assert len(answer["message"]["text"]) == 40_000


def test_an_edit_without_blocks_takes_the_blocks_away_and_keeps_the_metadata(
    client: WebClient,
) -> None:
    channel = bridge(client)
    behind = {"event_type": "e", "event_payload": {"k": 1}}
    ts = client.chat_postMessage(channel=channel, text="x", blocks=[section("x")], metadata=behind)[
        "ts"
    ]
    message = client.chat_update(channel=channel, ts=ts, text="y")["message"]
    assert "blocks" not in message
    assert message["metadata"] == behind


def test_a_person_is_found_by_mail_but_not_when_deactivated(client: WebClient) -> None:
    found = client.users_lookupByEmail(email="csm.one@vendor.example")
    assert found["user"]["profile"]["email"] == "csm.one@vendor.example"
    answer = refused(client.users_lookupByEmail, email="former.csm@vendor.example")
    assert answer["error"] == "users_not_found"


@pytest.mark.parametrize(
    ("user", "trait"),
    [
        ("U0GUEST001", "is_restricted"),
        ("U0GUEST002", "is_ultra_restricted"),
        ("U0FORMER01", "deleted"),
        ("U0OTHERBOT", "is_bot"),
    ],
)
def test_every_kind_of_account_shows_what_it_is(client: WebClient, user: str, trait: str) -> None:
    assert client.users_info(user=user)["user"][trait] is True


def test_an_outside_person_is_known_by_their_team(client: WebClient) -> None:
    assert client.users_info(user="U0APDIREC1")["user"]["team_id"] == "T0ACME0001"


def test_pinning_twice_and_bookmarking_twice_differ(client: WebClient) -> None:
    channel = bridge(client)
    ts = client.chat_postMessage(channel=channel, text="card")["ts"]
    client.pins_add(channel=channel, timestamp=ts)
    assert refused(client.pins_add, channel=channel, timestamp=ts)["error"] == "already_pinned"
    for _ in range(2):
        client.bookmarks_add(
            channel_id=channel, title="Call", type="link", link="https://call.example/1"
        )
    assert len(client.bookmarks_list(channel_id=channel)["bookmarks"]) == 2


def test_a_message_to_a_person_lands_in_their_direct_messages(
    slack: LocalSlack, client: WebClient
) -> None:
    client.chat_postMessage(channel="U0CSMONE01", text="for you")
    assert [m.text for m in slack.person("csm-one").dm()] == ["for you"]


def test_a_shared_channel_says_so(client: WebClient) -> None:
    shared = client.conversations_info(channel="C0ACMESUP1")["channel"]
    assert (shared["is_ext_shared"], shared["connected_team_ids"]) == (True, ["T0ACME0001"])
    inside = client.conversations_info(channel=bridge(client))["channel"]
    assert inside["is_ext_shared"] is False


def test_identifiers_and_timestamps_have_slacks_form(client: WebClient) -> None:
    channel = bridge(client)
    stamps = [client.chat_postMessage(channel=channel, text="x")["ts"] for _ in range(50)]
    assert len(channel) >= 9
    assert len(set(stamps)) == 50
    assert stamps == sorted(stamps, key=float)
    assert all(isinstance(ts, str) and len(ts.partition(".")[2]) == 6 for ts in stamps)


def test_a_method_takes_form_arguments_too(slack: LocalSlack) -> None:
    answer = httpx.post(
        f"{slack.api_url}conversations.info",
        data={"channel": "C0ACMESUP1"},
        headers={"Authorization": f"Bearer {slack.bot_token}"},
    )
    assert answer.json()["channel"]["name"] == "acme-support"


def test_every_call_is_on_record(slack: LocalSlack, client: WebClient) -> None:
    channel = bridge(client)
    client.chat_postMessage(channel=channel, text="x")
    refused(client.api_call, api_method="chat.postMessage", json={"channel": channel})
    calls = slack.calls("chat.postMessage")
    assert [(c.applied, c.answer.get("error", "")) for c in calls] == [
        (True, ""),
        (False, "no_text"),
    ]


def test_the_coverage_table_is_true_to_the_code(client: WebClient) -> None:
    table = coverage()
    assert set(table) == set(methods())
    assert set(HANDLERS) <= set(table)
    assert set(PARTIAL) <= set(HANDLERS)
    for name, (status, _note) in table.items():
        token = "xapp-drill" if name == "apps.connections.open" else None
        try:
            answer = client.api_call(name, params={"token": token} if token else {})
            error = str(answer.get("error", ""))
        except SlackApiError as caught:
            error = caught.response["error"]
        assert (error == "unknown_method") == (status == "absent"), name


def test_the_world_starts_again(slack: LocalSlack, client: WebClient) -> None:
    bridge(client)
    slack.reset()
    assert "bw-1001-acme" not in slack.channel_names
    assert slack.calls() == []


def test_the_state_of_one_person_holds_only_their_channels(slack: LocalSlack, bot: TinyBot) -> None:
    bridge(bot.client)
    answer = httpx.get(f"{slack.base_url}/drill/state?as=csm-one")
    names = {c["name"] for c in answer.json()["channels"]}
    assert "acme-support" in names
    assert names.isdisjoint({"bw-1001-acme", "leadership"})
