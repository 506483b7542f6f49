"""Rate limits, faults, outages; and the mails, pages and status posts that left."""

from __future__ import annotations

import smtplib
from email.message import EmailMessage
from typing import Any

import httpx
import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from drill.errors import DrillRefusal
from drill.local import LocalSlack
from tests.kit.waiting import until

Wire = dict[str, Any]
ACME = "C0ACMESUP1"

# The client library writes an ERROR line for every fault it meets.
pytestmark = pytest.mark.expects_errors


PATIENT_S, HURRIED_S = 30, 1


def made(slack: LocalSlack, timeout_s: int) -> WebClient:
    return WebClient(
        token=slack.bot_token, base_url=slack.api_url, retry_handlers=[], timeout=timeout_s
    )


@pytest.fixture
def client(slack: LocalSlack) -> WebClient:
    return made(slack, PATIENT_S)


def client_for(slack: LocalSlack, kind: str) -> WebClient:
    """Return a client that waits for an answer, but for one that never comes."""
    return made(slack, HURRIED_S if kind == "hang" else PATIENT_S)


def texts(slack: LocalSlack) -> list[str]:
    return [m.text for m in slack.person("csm-one").messages("acme-support")]


def post(client: WebClient, text: str = "x") -> Any:
    return client.chat_postMessage(channel=ACME, text=text)


@pytest.mark.parametrize("kind", ["reset", "refuse", "hang", "500", "429", "internal_error"])
def test_a_call_that_fails_before_it_took_effect_left_nothing(slack: LocalSlack, kind: str) -> None:
    slack.fault("chat.postMessage", kind)
    with pytest.raises((SlackApiError, OSError)):
        post(client_for(slack, kind))
    until(lambda: slack.calls("chat.postMessage"), what="the call")
    assert texts(slack) == []
    assert [c.applied for c in slack.calls("chat.postMessage")] == [False]


@pytest.mark.parametrize(
    ("kind", "applied"),
    [("lost", None), ("garbage", None), ("hang", True), ("500", True), ("internal_error", True)],
)
def test_a_call_can_take_effect_although_its_answer_is_lost(
    slack: LocalSlack, kind: str, applied: bool | None
) -> None:
    slack.fault("chat.postMessage", kind, applied=applied)
    with pytest.raises((SlackApiError, OSError)):
        post(client_for(slack, kind))
    assert until(lambda: texts(slack), what="the message") == ["x"]


def test_a_dripping_answer_never_trips_a_read_timeout(slack: LocalSlack) -> None:
    slack.fault("chat.postMessage", "drip")
    headers = {"Authorization": f"Bearer {slack.bot_token}"}
    got = bytearray()
    with httpx.stream(
        "POST",
        f"{slack.api_url}chat.postMessage",
        json={"channel": ACME, "text": "x"},
        headers=headers,
        timeout=httpx.Timeout(1),
    ) as answer:
        for piece in answer.iter_raw():
            got += piece
            if len(got) == 3:
                break
    assert bytes(got) == b'{"o'
    assert texts(slack) == ["x"]


def test_a_fault_strikes_the_call_it_names_and_no_other(
    slack: LocalSlack, client: WebClient
) -> None:
    slack.fault("chat.postMessage", "500", nth=2, only_if="again")
    post(client, "once")
    post(client, "again 1")
    with pytest.raises(SlackApiError):
        post(client, "again 2")
    post(client, "again 3")
    assert texts(slack) == ["once", "again 1", "again 3"]


def test_a_fault_without_a_name_known_is_refused(slack: LocalSlack) -> None:
    with pytest.raises(DrillRefusal, match="No fault"):
        slack.fault("chat.postMessage", "thunder")


def test_slack_down_refuses_connections_until_it_is_up(
    slack: LocalSlack, client: WebClient
) -> None:
    slack.down()
    with pytest.raises(ConnectionRefusedError):
        _unwrapped(client)
    slack.up()
    assert post(client)["ok"]
    assert texts(slack) == ["x"]


def _unwrapped(client: WebClient) -> None:
    try:
        post(client)
    except OSError as error:
        raise getattr(error, "reason", error) from error


def test_the_fifth_message_of_a_second_in_one_channel_has_to_wait(
    slack: LocalSlack, client: WebClient
) -> None:
    slack.rates()
    for _ in range(4):
        post(client)
    with pytest.raises(SlackApiError) as caught:
        post(client)
    assert caught.value.response.status_code == 429
    assert int(caught.value.response.headers["Retry-After"]) >= 1
    assert caught.value.response["error"] == "ratelimited"
    assert client.chat_postMessage(channel="C0BIRCHPA1", text="elsewhere")["ok"]


def test_a_tier_two_method_has_twenty_calls_a_minute(slack: LocalSlack, client: WebClient) -> None:
    slack.rates()
    for n in range(20):
        client.conversations_create(name=f"bw-{n}")
    with pytest.raises(SlackApiError) as caught:
        client.conversations_create(name="bw-20")
    assert caught.value.response.status_code == 429
    assert client.conversations_info(channel=ACME)["ok"]


def test_a_commercial_app_reads_history_once_a_minute_and_fifteen_at_a_time(
    slack: LocalSlack, client: WebClient
) -> None:
    for n in range(20):
        post(client, str(n))
    slack.rates(commercial=True)
    assert len(client.conversations_history(channel=ACME, limit=100)["messages"]) == 15
    with pytest.raises(SlackApiError) as caught:
        client.conversations_history(channel=ACME)
    assert caught.value.response.status_code == 429


def test_a_mail_is_kept_with_its_words_and_its_message_id(slack: LocalSlack) -> None:
    host, port = slack.smtp_url.removeprefix("smtp://").split(":")
    mail = EmailMessage()
    mail["From"], mail["To"] = "support@vendor.example", "sponsor-one@vendor.example"
    mail["Subject"], mail["Message-ID"] = "Brief – Tier 3", "<bw-1001.3@vendor.example>"
    mail.set_content("What we know.")
    with smtplib.SMTP(host, int(port), timeout=PATIENT_S) as smtp:
        smtp.send_message(mail)
    kept = slack.mails[0]
    assert kept["to"] == ["sponsor-one@vendor.example"]
    assert (kept["subject"], kept["message_id"]) == ("Brief – Tier 3", "<bw-1001.3@vendor.example>")
    assert kept["text"].strip() == "What we know."


def test_a_mail_server_can_refuse_for_now_and_for_good(slack: LocalSlack) -> None:
    host, port = slack.smtp_url.removeprefix("smtp://").split(":")
    slack.fault("smtp", "refuse")
    slack.fault("smtp", "error")
    codes: list[int] = []
    for _ in range(2):
        with smtplib.SMTP(host, int(port), timeout=PATIENT_S) as smtp:
            with pytest.raises(smtplib.SMTPDataError) as caught:
                smtp.sendmail("a@vendor.example", ["b@vendor.example"], "Subject: x\r\n\r\nx")
            codes.append(caught.value.smtp_code)
    assert codes == [451, 554]
    assert slack.mails == []


def test_pages_and_status_posts_are_kept(slack: LocalSlack) -> None:
    assert httpx.post(slack.pager_url, json={"key": "k1"}).status_code == 202
    assert httpx.post(slack.status_url, json={"name": "Payments delayed"}).status_code == 202
    assert [p["body"]["key"] for p in slack.pages] == ["k1"]
    assert [p["body"]["name"] for p in slack.status_posts] == ["Payments delayed"]


def test_a_pager_can_be_down(slack: LocalSlack) -> None:
    slack.fault("pager", "503")
    assert httpx.post(slack.pager_url, json={}).status_code == 503
    assert slack.pages == []


def test_the_control_api_acts_and_says_what_went_wrong(slack: LocalSlack) -> None:
    order = {"as": "csm-one", "do": "message", "channel": "acme-support", "text": "hello"}
    done = httpx.post(f"{slack.base_url}/drill/act", json=order).json()
    assert done["ok"] is True
    assert texts(slack) == ["hello"]
    wrong = httpx.post(f"{slack.base_url}/drill/act", json=order | {"channel": "leadership"})
    assert (wrong.status_code, wrong.json()["error"]) == (400, "CSM One is not in leadership.")


def test_whoever_acts_may_ask_not_to_be_told_what_they_see(slack: LocalSlack) -> None:
    order = {"as": "csm-one", "do": "message", "channel": "acme-support", "text": "hello"}
    url = f"{slack.base_url}/drill/act"
    assert "state" in httpx.post(url, json=order).json()
    assert "state" not in httpx.post(url, json=order | {"state": False}).json()


def test_the_change_counter_moves_with_every_change(slack: LocalSlack) -> None:
    with httpx.stream("GET", f"{slack.base_url}/drill/events", timeout=PATIENT_S) as stream:
        lines = (line for line in stream.iter_lines() if line.startswith("data:"))
        first = next(lines)
        slack.person("csm-one").say("acme-support", "hello")
        assert next(lines) != first


def test_the_log_tells_what_was_applied(slack: LocalSlack, client: WebClient) -> None:
    slack.fault("chat.postMessage", "lost")
    with pytest.raises(OSError, match=r".+"):
        post(client)
    log = httpx.get(f"{slack.base_url}/drill/log").json()
    assert [(c["method"], c["applied"], c["fault"]) for c in log["calls"]] == [
        ("chat.postMessage", True, "lost")
    ]


def test_an_unknown_clock_is_said_so(slack: LocalSlack) -> None:
    answer = httpx.put(f"{slack.base_url}/drill/clock", json={"advance_s": 60})
    assert answer.status_code == 400
    assert "clock is unknown" in answer.json()["error"]
