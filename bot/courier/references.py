"""References inside a payload, put in place just before sending.

`{"$result": [outbox key, "channel.id"]}` is a value out of another delivery's answer,
`{"$person": "csm-one"}` a person's Slack user id, `{"$dm": "csm-one"}` the same where a channel is
expected: chat.postMessage takes a user id and writes into the direct message.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from typing import Protocol

from bot.gateways.outcomes import NotSent, Outcome, RateLimited, Refused, SlackCalls, Taken, Unknown

_MARKS = frozenset({"$dm", "$person", "$result"})


class ReferenceRefused(Exception):
    """Raised when a reference can never be put in place; the sentence says which and why."""


class NoSlackAccount(ReferenceRefused):
    """Raised when a person has no Slack account we can find."""


class LookupInterrupted(Exception):
    """Raised when the search for a person had no answer; another try may have one.

    Args:
        outcome: what came of the search.
    """

    def __init__(self, outcome: RateLimited | NotSent | Unknown | Refused) -> None:
        super().__init__(str(outcome))
        self.outcome = outcome


class People(Protocol):
    """Finds people in Slack."""

    def slack_id(self, person: str, *, deadline_s: float) -> str:
        """Return a person's Slack user id.

        Raises:
            NoSlackAccount: There is no such person in Slack.
            LookupInterrupted: Slack did not say.
        """
        ...


class PeopleByMail:
    """Finds people in Slack by their mail address, and remembers whom it found.

    Args:
        slack: whom to ask; the courier's brakes, so that a search obeys the same pauses.
        mail_of: a person key to a mail address, or to None when the directory has none.
        id_of: a person key to a Slack user id that is already known, or to None.
    """

    def __init__(
        self,
        slack: SlackCalls,
        mail_of: Callable[[str], str | None],
        *,
        id_of: Callable[[str], str | None] | None = None,
    ) -> None:
        self._slack = slack
        self._mail_of = mail_of
        self._id_of = id_of
        self._found: dict[str, str] = {}
        self._lock = threading.Lock()

    def slack_id(self, person: str, *, deadline_s: float) -> str:
        """Return the id, from what is known or by users.lookupByEmail."""
        known = self._id_of(person) if self._id_of else None
        if known:
            return known
        mail = self._mail_of(person)
        if not mail:
            raise NoSlackAccount(f"{person} has no mail address in the directory.")
        with self._lock:
            cached = self._found.get(mail)
        if cached:
            return cached
        found = _id_in(
            person,
            self._slack.call("users.lookupByEmail", {"email": mail}, deadline_s=deadline_s),
        )
        with self._lock:
            self._found[mail] = found
        return found

    def forget(self) -> None:
        """Forget everybody, for instance after the directory changed."""
        with self._lock:
            self._found.clear()


def _id_in(person: str, outcome: Outcome) -> str:
    if isinstance(outcome, Taken):
        user = outcome.result.get("user")
        found = user.get("id") if isinstance(user, Mapping) else None
        if isinstance(found, str) and found:
            return found
        raise NoSlackAccount(f"Slack's answer about {person} names nobody.")
    if isinstance(outcome, Refused) and outcome.permanent:
        raise NoSlackAccount(f"{person} is not in Slack under that mail address ({outcome.error}).")
    raise LookupInterrupted(outcome)


def keys_in(payload: object) -> tuple[str, ...]:
    """List the outbox keys whose results a payload needs."""
    return tuple(dict.fromkeys(_keys(payload)))


def _keys(value: object) -> Iterator[str]:
    if isinstance(value, Mapping):
        wanted = value.get("$result")
        if isinstance(wanted, list | tuple) and wanted and isinstance(wanted[0], str):
            yield wanted[0]
            return
        for each in value.values():
            yield from _keys(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _keys(each)


def resolved(
    payload: Mapping[str, object],
    *,
    results: Mapping[str, Mapping[str, object]],
    person: Callable[[str], str],
) -> dict[str, object]:
    """Return the payload with every reference put in place.

    Args:
        payload: JSON values, some of them references.
        results: answers of finished deliveries by their keys.
        person: a person key to a Slack user id; its errors pass through.

    Returns:
        A payload without references.

    Raises:
        ReferenceRefused: A reference is malformed or its value does not exist.
    """
    return {name: _value(value, results, person) for name, value in payload.items()}


def _value(
    value: object,
    results: Mapping[str, Mapping[str, object]],
    person: Callable[[str], str],
) -> object:
    if isinstance(value, Mapping):
        marks = _MARKS & value.keys()
        if not marks:
            return {name: _value(each, results, person) for name, each in value.items()}
        if len(value) != 1:
            raise ReferenceRefused("A reference stands beside other fields.")
        mark = next(iter(marks))
        if mark == "$result":
            return _result(value[mark], results)
        return person(str(value[mark]))
    if isinstance(value, list | tuple):
        return [_value(each, results, person) for each in value]
    return value


def _result(wanted: object, results: Mapping[str, Mapping[str, object]]) -> object:
    if not isinstance(wanted, list | tuple) or len(wanted) != 2:
        raise ReferenceRefused("A reference to a result needs a key and a path.")
    key, path = str(wanted[0]), str(wanted[1])
    found: object = results.get(key)
    for part in path.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    if found is None:
        raise ReferenceRefused(f"The answer of {key} has no {path}.")
    return found
