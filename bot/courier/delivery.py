"""One attempt at one outbox row: what each Slack method needs to happen exactly once.

An attempt has one total deadline, whatever number of calls it takes: the lease that keeps other
couriers away is only as long as that.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import datetime

from bot.courier import orphans
from bot.courier.attempts import Attempt, Budget, Results, Row
from bot.courier.references import (
    LookupInterrupted,
    NoSlackAccount,
    People,
    ReferenceRefused,
    keys_in,
    resolved,
)
from bot.courier.verdict import Ask, everything_stands
from bot.gateways import channels, lookback
from bot.gateways.brakes import Brakes
from bot.gateways.outcomes import (
    NotSent,
    Outcome,
    RateLimited,
    Refused,
    Sending,
    Taken,
    Unknown,
    Withheld,
)
from protocols.deliveries.events import MAY_HAVE_ARRIVED, THREAD_GONE

_log = logging.getLogger(__name__)


_LEAST_S = 0.05


class PlainDelivery:
    """Pages and status updates: the key makes a resend harmless, so nothing is looked up.

    Args:
        gateway: where they go.
        ask: whether a row may still leave.
    """

    def __init__(
        self,
        gateway: Sending,
        *,
        ask: Ask = everything_stands,
    ) -> None:
        self._gateway = gateway
        self._ask = ask

    def attempt(self, row: Row, *, results: Results, budget: Budget, unsure: bool) -> Attempt:
        """Send the payload; an unsure one goes out again with the same key."""
        try:
            payload = resolved(row.payload, results=results, person=_nobody)
        except ReferenceRefused as refused:
            return Attempt(Refused(str(refused)))
        stop = self._ask(row).stop
        if stop is not None:
            return _stopped(stop, unsure=unsure)
        outcome = self._gateway.send(payload, key=row.key, deadline_s=budget.left_s)
        return Attempt(outcome, unsure=unsure or isinstance(outcome, Unknown))


class SlackDelivery:
    """Slack, method by method.

    Args:
        brakes: the way to Slack, shared by all workers.
        people: finds people in Slack.
        bot_user: returns our bot's user id when it is known; otherwise Slack is asked once.
        ask: whether a row may still leave.
    """

    def __init__(
        self,
        brakes: Brakes,
        people: People,
        *,
        bot_user: Callable[[], str | None] | None = None,
        ask: Ask = everything_stands,
    ) -> None:
        self._ask = ask
        self._brakes = brakes
        self._people = people
        self._known_bot_user = bot_user
        self._bot_user: str | None = None

    def attempt(self, row: Row, *, results: Results, budget: Budget, unsure: bool) -> Attempt:
        """Deliver one row: put references in place, look back when unsure, call."""
        try:
            payload = self._payload(row, results, budget)
            return self._deliver(row, payload, budget, unsure=unsure)
        except LookupInterrupted as interrupted:
            return Attempt(interrupted.outcome, unsure=unsure)
        except ReferenceRefused as refused:
            # What needs something that will not come may itself have lost its sense by now.
            stop = self._ask(row).stop
            if stop is not None:
                return _stopped(stop, unsure=unsure)
            if row.method == "chat.update" and row.surface == "latest_only":
                return Attempt(Taken({"ok": True, "note": "what it changes never arrived"}))
            return Attempt(Refused(str(refused)))

    def _deliver(
        self, row: Row, payload: dict[str, object], budget: Budget, *, unsure: bool
    ) -> Attempt:
        def call(method: str, arguments: Mapping[str, object]) -> Outcome:
            left_s = budget.left_s
            if left_s < _LEAST_S:
                return NotSent("the attempt's time was used up")
            return self._brakes.call(method, arguments, deadline_s=left_s)

        stop = self._ask(row).stop if row.method != "chat.postMessage" else None
        if stop is not None:
            return _stopped(stop, unsure=unsure)
        match row.method:
            case "chat.postMessage":
                return self._post(call, row, payload, budget, unsure=unsure)
            case "conversations.create":
                outcome = channels.create(
                    call,
                    payload,
                    first_sent_at=_first_by_the_machine(row, budget),
                    bot_user=lambda: self._bot(call),
                )
            case "bookmarks.add":
                outcome = _bookmark(call, payload)
            case "conversations.invite":
                outcome = _invite(call, payload)
            case "chat.update":
                outcome = call(row.method, {**payload, "metadata": _metadata_of_update(row)})
            case _:
                outcome = call(row.method, payload)
        outcome = _forgiven(row, outcome)
        return Attempt(_kept(row.method, outcome), unsure=isinstance(outcome, Unknown))

    def _post(
        self,
        call: lookback.Call,
        row: Row,
        payload: dict[str, object],
        budget: Budget,
        *,
        unsure: bool,
    ) -> Attempt:
        """Look back when unsure, ask whether it still stands, post."""
        doubt, note = "", "found"
        if unsure:
            payload = orphans.threaded(row.payload, payload, self._ask(row).thread_ts)
            since = _first_try(row, budget)
            search = lookback.look_back(call, payload, key=row.key, first_sent_at=since)
            if orphans.has_no_thread(search):
                note, at_top = THREAD_GONE, orphans.at_top_level(payload)
                search = lookback.look_back(call, at_top, key=row.key, first_sent_at=since)
            if isinstance(search, lookback.Found):
                found = {"ok": True, "channel": search.channel, "ts": search.ts, "note": note}
                return Attempt(Taken(found))
            if not isinstance(search, lookback.Absent):
                return Attempt(search, unsure=True)
            doubt = "" if search.certain else search.reason
        verdict = self._ask(row)
        if verdict.stop is not None:
            return _stopped(verdict.stop, unsure=bool(doubt))
        if doubt:
            _log.warning(
                "possible duplicate: %s is sent again, Slack would not show the history (%s)",
                row.key,
                doubt,
            )
        words: dict[str, object] = {"unfurl_links": False, "unfurl_media": False}
        words |= orphans.threaded(row.payload, payload, verdict.thread_ts)
        words["metadata"] = lookback.metadata_of(row.key)
        outcome = orphans.posted(call, words)
        if isinstance(outcome, NotSent | RateLimited):
            # It waits now, and what came in between would be told only at its next try.
            stop = self._ask(row).stop
            if stop is not None:
                return _stopped(stop, unsure=bool(doubt))
        return Attempt(_kept(row.method, outcome), unsure=isinstance(outcome, Unknown))

    def _payload(self, row: Row, results: Results, budget: Budget) -> dict[str, object]:
        def person(key: str) -> str:
            return self._people.slack_id(key, deadline_s=max(budget.left_s, _LEAST_S))

        raw = (
            orphans.at_top_level(row.payload)
            if orphans.is_orphan(row.payload, results)
            else row.payload
        )
        users = raw.get("users")
        if row.method != "conversations.invite" or not isinstance(users, list | tuple):
            return resolved(raw, results=results, person=person)
        found, missing = _found_people(users, results, person)
        if not found:
            raise ReferenceRefused("; ".join(missing) or "Nobody is to be invited.")
        rest = resolved({**raw, "users": ""}, results=results, person=person)
        return {**rest, "users": ",".join(found), "missing": missing}

    def _bot(self, call: lookback.Call) -> str:
        known = self._bot_user or (self._known_bot_user() if self._known_bot_user else None)
        if known is None:
            outcome = call("auth.test", {})
            if not isinstance(outcome, Taken):
                raise LookupInterrupted(outcome)
            known = str(outcome.result.get("user_id"))
        self._bot_user = known
        return known


def _stopped(stop: NotSent | Withheld, *, unsure: bool) -> Attempt:
    """Return what becomes of a row that may not leave; of an unsure one nobody knows if it has.

    Where one can look, one has looked before this.
    """
    if unsure and isinstance(stop, Withheld):
        return Attempt(Refused(f"{MAY_HAVE_ARRIVED}, and it may not leave again ({stop.why})"))
    return Attempt(stop, unsure=unsure)


def _first_try(row: Row, budget: Budget) -> datetime:
    """Return an instant by Slack's clock before which no try can have been.

    A drill's Slack stamps in business time, which may lie behind the machine's; and any of these
    may have been read from a clock that was ahead and has been set back since.
    """
    return min(_first_by_the_machine(row, budget), row.created_at)


def _first_by_the_machine(row: Row, budget: Budget) -> datetime:
    now = budget.clock.now()
    return min(row.first_sent_at or now, now)


def _metadata_of_update(row: Row) -> dict[str, object]:
    # Metadata left out stays, but given is replaced: the post keeps the key it was sent under.
    posted = keys_in(row.payload.get("ts"))
    return lookback.metadata_of(posted[0] if posted else row.key)


def _bookmark(call: lookback.Call, payload: dict[str, object]) -> Outcome:
    listed = call("bookmarks.list", {"channel_id": payload.get("channel_id")})
    if not isinstance(listed, Taken):
        return listed
    bookmarks = listed.result.get("bookmarks")
    for bookmark in bookmarks if isinstance(bookmarks, list) else []:
        if all(bookmark.get(name) == payload.get(name) for name in ("title", "link")):
            return Taken({"ok": True, "bookmark": bookmark, "note": "found"})
    return call("bookmarks.add", payload)


def _invite(call: lookback.Call, payload: dict[str, object]) -> Outcome:
    missing = payload.pop("missing", [])
    # Without force one person who cannot come keeps everybody out.
    outcome = call("conversations.invite", {"force": True, **payload})
    outside = [f"{each}" for each in missing] if isinstance(missing, list) else []
    if isinstance(outcome, Taken):
        return Taken({**outcome.result, "missing": outside}) if outside else outcome
    if not isinstance(outcome, Refused):
        return outcome
    errors = outcome.answer.get("errors")
    refused = [
        f"{each.get('user')}: {each.get('error')}"
        for each in (errors if isinstance(errors, list) else [])
        if isinstance(each, Mapping)
        and each.get("error") not in {"already_in_channel", "cant_invite_self"}
    ]
    asked = [user for user in str(payload.get("users", "")).split(",") if user]
    nobody_came = not errors or len(refused) >= len(asked)
    if nobody_came and outcome.error != "cant_invite_self":
        return outcome
    return Taken({"ok": True, "missing": [*outside, *refused]})


def _forgiven(row: Row, outcome: Outcome) -> Outcome:
    """Turn refusals that mean "posted once, gone since" into done-with-a-note."""
    if not isinstance(outcome, Refused):
        return outcome
    gone = {
        "chat.delete": {"message_not_found"},
        "chat.update": {"message_not_found"},
        "pins.add": {"message_not_found"},
        "reactions.add": {"message_not_found"},
    }.get(row.method, set())
    closed = {"is_archived", "is_inactive"} if row.surface == "latest_only" else set()
    if outcome.error in gone | closed:
        return Taken({"ok": True, "note": outcome.error})
    return outcome


def _kept(method: str, outcome: Outcome) -> Outcome:
    """Keep of an answer what later rows and the record need, not a copy of our own blocks."""
    if not isinstance(outcome, Taken):
        return outcome
    answer = outcome.result
    kept: dict[str, object] = {"ok": True}
    for name in ("ts", "note", "missing"):
        if answer.get(name):
            kept[name] = answer[name]
    channel = answer.get("channel")
    if isinstance(channel, Mapping):
        kept["channel"] = {name: channel[name] for name in ("id", "name") if name in channel}
    elif channel and method.startswith("chat."):
        kept["channel"] = channel
    bookmark = answer.get("bookmark")
    if isinstance(bookmark, Mapping):
        kept["bookmark"] = {"id": bookmark.get("id")}
    return Taken(kept)


def _found_people(
    users: list[object] | tuple[object, ...], results: Results, person: Callable[[str], str]
) -> tuple[list[str], list[str]]:
    found: list[str] = []
    missing: list[str] = []
    for user in users:
        try:
            found.append(str(resolved({"user": user}, results=results, person=person)["user"]))
        except NoSlackAccount as unknown:
            missing.append(str(unknown))
    return list(dict.fromkeys(found)), missing


def _nobody(person: str) -> str:
    raise ReferenceRefused(f"{person} was named by a Slack reference outside Slack.")
