"""Whoever is mentioned in a message stands on record by name."""

from __future__ import annotations

from handlers.kit.edge import MessageShortcut, SlackEvent, Slash
from handlers.kit.grammar import readable
from handlers.kit.mentions import named
from protocols.people.people import Who

CSM = "U0CSMTWO01"


class Names:
    """Knows one of us."""

    def who(self, user_id: str) -> Who | None:
        return Who("csm-two", "CSM <Two>") if user_id == CSM else None


def event(text: str, **fields: object) -> SlackEvent:
    return SlackEvent("U1", "T1", "d", text=text, fields=fields)


def test_one_of_us_is_read_by_name_and_who_is_not_known_stays_an_id() -> None:
    said = named(Names(), event(f"ask <@{CSM}> or <@U0OTHER01>, please"))
    assert readable(said.text) == "ask @CSM Two or @U0OTHER01, please"


def test_words_before_and_after_an_edit_are_read_alike() -> None:
    was, now = {"text": f"<@{CSM}>?"}, {"text": f"<@{CSM}>!", "ts": "1.1"}
    said = named(Names(), event("", message=now, previous_message=was))
    assert readable(said.fields["previous_message"]["text"]) == "@CSM Two?"
    assert readable(said.fields["message"]["text"]) == "@CSM Two!"
    assert said.fields["message"]["ts"] == "1.1"


def test_a_message_taken_by_a_shortcut_is_read_alike_and_a_command_is_left_as_typed() -> None:
    taken = named(Names(), MessageShortcut("U1", "T1", "d", text=f"for <@{CSM}>"))
    assert readable(taken.text) == "for @CSM Two"
    typed = Slash("U1", "T1", "d", text=f"assign BW-1001 <@{CSM}|csm-two>")
    assert named(Names(), typed) == typed
