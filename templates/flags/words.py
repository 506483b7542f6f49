"""Ids of buttons, and sentences of events: complaints and disputes of a contract."""

from __future__ import annotations

from protocols.flags.events import (
    Flag,
    FlagAgain,
    FlagAsked,
    FlagCleared,
    FlagDenied,
    FlagProposed,
    FlagSet,
    FlagTaken,
)
from templates.kit.actions import action
from templates.kit.scene import Scene
from templates.kit.sentences import says, silent, simply

FLAG_TAKE = action("flag.take", "I have it")
FLAG_YES = action("flag.yes", "Yes, it is")
FLAG_NO = action("flag.no", "No")
IS = {Flag.COMPLAINT: "a complaint", Flag.CONTRACT_DISPUTE: "a dispute of the contract"}
"""What the matter is, inside a sentence."""
WHOSE = {Flag.COMPLAINT: "Legal", Flag.CONTRACT_DISPUTE: "Legal and Finance"}
"""Who is asked to read one."""


@says(FlagSet, decided=True)
def _set(_: Scene, event: FlagSet) -> str:
    to = ", ".join(who.name for who in event.to)
    asked = f"; {to} asked" if to else ""
    return f'{event.by.name} says that it is {IS[event.flag]}: "{event.reason}"{asked}'


@says(FlagAsked)
def _asked(_: Scene, event: FlagAsked) -> str:
    next_one = f"{event.person.name} was asked" if event.person else "nobody further is on duty"
    return f"Nobody has taken {IS[event.flag]}: {next_one}"


silent(FlagAgain)
simply(FlagProposed, lambda _, e: f'asked whether it is {IS[e.flag]}: "{e.said}"')
simply(FlagDenied, lambda _, e: f"{e.by.name} says that it is not {IS[e.flag]}", decided=True)
simply(FlagTaken, lambda _, e: f"{e.by.name} has it: {IS[e.flag]}", decided=True)
simply(
    FlagCleared,
    lambda _, e: f'{e.by.name} says that it is not {IS[e.flag]} after all: "{e.reason}"',
    decided=True,
)
