"""Somebody who does what the coach says, word for word, and nothing else."""

from __future__ import annotations

import json
import re
import urllib.request
from typing import Any
from urllib.error import HTTPError

from tests.kit.waiting import until

Wire = dict[str, Any]

NAMED = re.compile(r"\*([^*]+)\*")
HOME = "Bridgewatch (home)"
TIME = ("Next step", "60x")
PATIENCE_S = 60.0


class Follower:
    """A viewer of a running drill, by its routes alone."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.did: list[str] = []
        self.home = False

    def ask(self, path: str, order: Wire | None = None) -> Wire:
        """Ask the drill; a refusal is the answer that it is."""
        body = None if order is None else json.dumps(order).encode()
        request = urllib.request.Request(f"{self.url}{path}", body)
        try:
            with urllib.request.urlopen(request, timeout=60) as got:
                answer: Wire = json.load(got)
        except HTTPError as error:
            answer = {"failure": json.load(error)["error"]}
        return answer

    def seen(self) -> Wire:
        """Return what the page shows."""
        return self.ask("/drill/play")

    def play(self, key: str) -> Wire:
        """Begin a scenario, do what the coach says to its end, and return what is seen then."""
        self.ask("/drill/play/start", {"scenario": key})
        told = ""
        while True:
            seen = self._next(told)
            coach = seen["play"]["coach"]
            if not coach["who"]:
                return seen
            told = _told(coach)
            self.did.append(told)
            self._turn(seen, coach)
            self._do(coach)

    def _next(self, told: str) -> Wire:
        """Wait until the coach says something else, and return what is seen then."""

        def asked() -> Wire | None:
            seen = self.seen()
            return seen if _told(seen["play"]["coach"]) != told else None

        found = until(asked, PATIENCE_S, every_s=0.05, what=f"more than {told!r} after {self.did}")
        return found or self.seen()

    def _turn(self, seen: Wire, coach: Wire) -> None:
        who = next(one["id"] for one in seen["people"] if one["handle"] == coach["who"])
        self.ask("/drill/play/be", {"who": who})

    def _do(self, coach: Wire) -> None:
        views = self.seen()["me"]["views"]
        if views and not views[-1].get("submit"):
            self._act({"do": "close", "all": True})  # it has been read
        if coach["offer"]:
            until(lambda: self.seen()["me"]["views"], PATIENCE_S, every_s=0.05, what="a form")
            self.ask("/drill/play/offer", {})
        for label in NAMED.findall(coach["say"]):
            self._press(label)

    def _press(self, label: str) -> None:
        if label in TIME:
            self.ask("/drill/play/clock", {"next": True} if label == TIME[0] else {"run": True})
            if label != TIME[0]:
                until(
                    lambda: self.seen()["play"]["stopped"], PATIENCE_S, every_s=0.05, what="a stop"
                )
            return
        ways = (self._in_form, self._shortcut, self._goes, self._at_home, self._button)
        until(
            lambda: any(way(label) for way in ways),
            PATIENCE_S,
            what=f"{label!r}; did {self.did}",
        )

    def _act(self, order: Wire) -> Wire:
        return self.ask("/drill/act", {"as": self.seen()["me"]["me"]["id"], **order})

    def _in_form(self, label: str) -> bool:
        views = self.seen()["me"]["views"]
        if not views:
            return False
        top = views[-1]
        if (top.get("submit") or {}).get("text") == label:
            self._act({"do": "submit"})
            return True
        for block in top["blocks"]:
            element = block.get("element") or {}
            for option in element.get("options", []):
                if option["text"]["text"].strip("*").startswith(label):
                    one = element["type"] in ("radio_buttons", "static_select")
                    value = option["value"] if one else [option["value"]]
                    self._act({"do": "fill", "field": block["block_id"], "value": value})
                    return True
        return False

    def _shortcut(self, label: str) -> bool:
        seen = self.seen()
        if label not in {one["name"] for one in seen["me"]["shortcuts"]}:
            return False
        us = (seen["me"]["me"]["id"], seen["me"]["bot_user_id"])
        said = [
            (float(message["ts"]), channel["id"], message["ts"])
            for channel in seen["me"]["channels"]
            for message in channel["messages"]
            if message.get("user") not in us
        ]
        _, channel, ts = max(said)
        self._act({"do": "message_shortcut", "shortcut": label, "channel": channel, "ts": ts})
        return True

    def _goes(self, label: str) -> bool:
        """Go where the coach says: to the Home, or to a channel that one is in."""
        seen = self.seen()
        bot = seen["me"]["bot_user_id"]
        ours = {one["name"] for one in seen["people"] if one["id"] == bot}
        is_there = label in {one["name"] for one in seen["me"]["channels"]} | ours
        self.home = label == HOME or (self.home and not is_there)
        if label == HOME:
            self._act({"do": "home"})
            until(lambda: self.seen()["me"]["home"], PATIENCE_S, every_s=0.05, what="a Home")
        return is_there or label == HOME

    def _at_home(self, label: str) -> bool:
        return self.home and not self._act({"do": "press", "where": "home", "button": label}).get(
            "failure"
        )

    def _button(self, label: str) -> bool:
        seen = self.seen()
        if label in ("More", "Done") or not seen["me"]["channels"]:
            return label == "More"
        return not self._act({"do": "press", "button": label, **self._card(seen)}).get("failure")

    def _card(self, seen: Wire) -> Wire:
        """Return the newest message with the words that the coach means, where it means some."""
        card = seen["play"]["coach"]["card"]
        found = [
            (float(message["ts"]), channel["id"], message["ts"])
            for channel in seen["me"]["channels"]
            for message in channel["messages"] * (channel["kind"] != "im")
            if card and message.get("blocks") and card in str(message["blocks"])
        ]
        return {"channel": max(found)[1], "ts": max(found)[2]} if found else {}


def _told(coach: Wire) -> str:
    return f"{coach['n']} {coach['say']}"
