"""The entries of a directory file as they are written, checked one by one at the edge.

Everything that is wrong is found in one reading, each with the path of its entry and what to
write instead. Source: D29, M25.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Annotated, Any, TypeVar
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)

from protocols.intake.modes import Intake
from protocols.people.directory import (
    Account,
    AccountContact,
    AccountKind,
    ContactRole,
    DaysAway,
    Person,
    RecordLink,
    Team,
)
from protocols.people.duties import DUTIES, Duty, HoursRefused, hours_of
from protocols.policy.sections import EntryPath, EntryRefused, shown
from protocols.scales import ProgramLevel
from protocols.time.closes import CloseDays

_LONGEST_TEXT = 500
_KEY = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?", re.ASCII)
_SLACK_USER = re.compile(r"[UW][A-Z0-9]{2,20}", re.ASCII)
_SLACK_CHANNEL = re.compile(r"[CG][A-Z0-9]{2,20}", re.ASCII)
_EMAIL = re.compile(r"[^\s@<>\"]{1,64}@[^\s@<>\"]{1,190}")


def _line(text: str) -> str:
    if not text.strip():
        raise ValueError(f"Expected a text, got {shown(text)}.")
    if len(text) > _LONGEST_TEXT or not text.isprintable():
        raise ValueError(f"Expected one line of at most {_LONGEST_TEXT} characters.")
    return text.strip()


def _address(text: str) -> str:
    if not _EMAIL.fullmatch(text):
        raise ValueError(f'"{text}" is no mail address. Write one such as csm.one@vendor.example.')
    return text


def _slack_user(text: str) -> str:
    if not _SLACK_USER.fullmatch(text):
        raise ValueError(f'"{text}" is no Slack user id, such as U0123ABCD.')
    return text


def _slack_channel(text: str) -> str:
    if not _SLACK_CHANNEL.fullmatch(text):
        raise ValueError(f'"{text}" is no identity of a channel in Slack, such as C0123ABCD.')
    return text


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ValueError, LookupError, OSError) as unknown:
        why = f"{shown(name)} is no time zone. Write one such as America/New_York."
        raise ValueError(why) from unknown
    return name


def _link(text: str) -> str:
    if not text.startswith("https://"):
        raise ValueError(f"{shown(text)} is no link. Write one that begins with https://.")
    return text


def _said_plainly(value: Any) -> Any:
    """Return what YAML has made true and false of: on and off."""
    if isinstance(value, bool):
        return (Intake.ON if value else Intake.OFF).value
    return value


def _intake(text: str) -> str:
    said = text.casefold()
    if said not in {each.value for each in Intake}:
        raise ValueError(f"{shown(text)} is none of: {', '.join(Intake)}.")
    return said


def _duty_name(name: str) -> str:
    if name not in DUTIES:
        raise ValueError(f'"{name}" is no duty. Known: {", ".join(DUTIES)}.')
    return name


def _hours(text: str) -> str:
    try:
        hours_of(text)
    except HoursRefused as refused:
        raise ValueError(str(refused)) from refused
    return text


Line = Annotated[str, AfterValidator(_line)]
Address = Annotated[Line, AfterValidator(_address)]
SlackUser = Annotated[Line, AfterValidator(_slack_user)]
SlackChannel = Annotated[Line, AfterValidator(_slack_channel)]
Zone = Annotated[Line, AfterValidator(_zone)]
Link = Annotated[Line, AfterValidator(_link)]
IntakeWord = Annotated[Line, AfterValidator(_intake), BeforeValidator(_said_plainly)]
DutyName = Annotated[Line, AfterValidator(_duty_name)]
HoursText = Annotated[Line, AfterValidator(_hours)]


class FileEntry(BaseModel):
    """Entries with names; an empty one is as good as absent."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _present(cls, values: Any) -> Any:
        if not isinstance(values, Mapping):
            return values
        return {name: value for name, value in values.items() if value is not None}


class TeamEntry(FileEntry):
    """A resolution team."""

    name: Line
    channel: SlackChannel | None = None

    def value(self, key: str) -> Team:
        """Return the team that is meant."""
        return Team(key, self.name, self.channel)


class DutyEntry(FileEntry):
    """A duty, with or without daily hours."""

    duty: DutyName
    hours: HoursText | None = None
    zone: Zone | None = None

    @model_validator(mode="after")
    def _both(self) -> DutyEntry:
        if (self.hours is None) != (self.zone is None):
            raise ValueError("Hours need a zone, and a zone needs hours. Write both, or neither.")
        return self

    def value(self) -> Duty:
        """Return the duty that is meant."""
        return Duty(self.duty, hours_of(self.hours) if self.hours else None, self.zone)


def _spelled_out(duty: Any) -> Any:
    return {"duty": duty} if isinstance(duty, str) else duty


class AwayEntry(FileEntry):
    """Days on which a person is away."""

    first: date = Field(alias="from")
    until: date

    @model_validator(mode="after")
    def _forward(self) -> AwayEntry:
        if self.until < self.first:
            raise ValueError("An absence ends on the day on which it begins, or later.")
        return self


class PersonEntry(FileEntry):
    """One of our people."""

    name: Line
    email: Address
    phone: Line | None = None
    duties: list[Annotated[DutyEntry, BeforeValidator(_spelled_out)]] = []
    teams: list[Line] = []
    other_emails: list[Address] = []
    away: list[AwayEntry] = []
    since: date | None = None

    def value(self, key: str) -> Person:
        """Return the person that is meant."""
        return Person(
            key=key,
            name=self.name,
            email=self.email,
            phone=self.phone or "",
            duties=tuple(each.value() for each in self.duties),
            teams=tuple(self.teams),
            other_emails=tuple(self.other_emails),
            away=tuple(DaysAway(each.first, each.until) for each in self.away),
            since=self.since,
        )


class ContactEntry(FileEntry):
    """Somebody of an account, or of its processor."""

    name: Line
    email: Address | None = None
    phone: Line | None = None
    security: StrictBool = False
    slack: SlackUser | None = None
    role: ContactRole = ContactRole.CONTACT

    def value(self) -> AccountContact:
        """Return the contact that is meant."""
        return AccountContact(
            name=self.name,
            email=self.email or "",
            phone=self.phone or "",
            security=self.security,
            slack=self.slack or "",
            role=self.role,
        )


class RecordEntry(FileEntry):
    """Where something of an account is kept."""

    name: Line
    url: Link


class CloseEntry(FileEntry):
    """Days on which an account's books are closed."""

    first: date = Field(alias="from")
    until: date

    @model_validator(mode="after")
    def _forward(self) -> CloseEntry:
        if self.until < self.first:
            raise ValueError("A period close ends on the day on which it begins, or later.")
        return self


class AccountEntry(FileEntry):
    """An account."""

    name: Line
    kind: AccountKind
    program_level: ProgramLevel | None = None
    time_zone: Zone
    csm: Line | None = None
    executive_sponsor: Line | None = None
    contacts: list[ContactEntry] = []
    vendor_poc: ContactEntry | None = None
    shared_channel: Line | None = None
    call_url: Link | None = None
    sox_relevant: StrictBool = False
    tags: list[Line] = []
    active: StrictBool = True
    intake: IntakeWord | None = None
    records: list[RecordEntry] = []
    calendar: Line | None = None
    period_closes: list[CloseEntry] = []

    @field_validator("program_level")
    @classmethod
    def _of_a_partner(cls, level: ProgramLevel, info: ValidationInfo) -> ProgramLevel:
        if info.data.get("kind", AccountKind.PARTNER) is not AccountKind.PARTNER:
            raise ValueError("Only a partner has a program level. Leave it out, or write partner.")
        return level

    def value(self, key: str) -> Account:
        """Return the account that is meant."""
        return Account(
            key=key,
            name=self.name,
            kind=self.kind,
            zone=self.time_zone,
            program_level=self.program_level,
            csm=self.csm,
            executive_sponsor=self.executive_sponsor,
            contacts=tuple(each.value() for each in self.contacts),
            vendor_poc=self.vendor_poc.value() if self.vendor_poc is not None else None,
            shared_channel=self.shared_channel,
            call_url=self.call_url,
            sox_relevant=self.sox_relevant,
            tags=tuple(self.tags),
            active=self.active,
            intake=self.intake,
            records=tuple(RecordLink(each.name, each.url) for each in self.records),
            calendar=self.calendar or "",
            period_closes=tuple(CloseDays(each.first, each.until) for each in self.period_closes),
        )


SECTIONS: Mapping[str, type[TeamEntry | PersonEntry | AccountEntry]] = {
    "teams": TeamEntry,
    "people": PersonEntry,
    "accounts": AccountEntry,
}
"""What a directory file has, each by key."""
NESTED: Mapping[str, type[FileEntry]] = {
    "contacts": ContactEntry,
    "vendor_poc": ContactEntry,
    "duties": DutyEntry,
    "away": AwayEntry,
    "records": RecordEntry,
    "period_closes": CloseEntry,
}
"""What stands within an entry, by the name under which it does."""
E_ = TypeVar("E_", bound=FileEntry)


def checked_key(key: str, path: EntryPath) -> list[EntryRefused]:
    """Return what is wrong with a key."""
    if _KEY.fullmatch(key):
        return []
    why = f'"{key}" is no key. Use small letters, digits and hyphens, such as csm-one.'
    return [EntryRefused(path, why)]


def checked(model: type[E_], values: object, path: EntryPath) -> E_ | list[EntryRefused]:
    """Return an entry as it is meant, or everything that is wrong with it."""
    try:
        return model.model_validate(values)
    except ValidationError as wrong:
        return [_refused(dict(error), model, path) for error in wrong.errors(include_url=False)]


def _refused(error: Mapping[str, Any], model: type[FileEntry], path: EntryPath) -> EntryRefused:
    say: Callable[[Mapping[str, Any], type[FileEntry], Any], str]
    say = _SENTENCES.get(error["type"], _said)
    return EntryRefused((*path, *error["loc"]), say(error, model, error.get("input")))


def _said(error: Mapping[str, Any], _model: type[FileEntry], _found: object) -> str:
    return str(error.get("ctx", {}).get("error", error["msg"]))


def _unknown(error: Mapping[str, Any], model: type[FileEntry], _found: object) -> str:
    around = [part for part in error["loc"][:-1] if isinstance(part, str)]
    known = (NESTED[around[-1]] if around else model).model_fields
    return f"There is no such entry here. Known: {', '.join(sorted(known))}."


def _none_of(error: Mapping[str, Any], _model: type[FileEntry], found: object) -> str:
    known = str(error.get("ctx", {}).get("expected", "")).replace("'", "").replace(" or ", ", ")
    return f"{shown(found)} is none of: {known}."


def _no_date(_error: Mapping[str, Any], _model: type[FileEntry], found: object) -> str:
    return f"{shown(found)} is no date. Write it as 2026-11-27."


_SENTENCES: Mapping[str, Callable[[Mapping[str, Any], type[FileEntry], Any], str]] = {
    "missing": lambda _error, _model, _found: "It is missing.",
    "extra_forbidden": _unknown,
    "enum": _none_of,
    "string_type": lambda _error, _model, found: f"Expected a text, got {shown(found)}.",
    "list_type": lambda _error, _model, found: f"Expected a list, got {shown(found)}.",
    "date_type": _no_date,
    "date_parsing": _no_date,
    "date_from_datetime_parsing": _no_date,
    "date_from_datetime_inexact": _no_date,
    "bool_type": lambda _error, _model, found: f"Write true or false, not {shown(found)}.",
    "model_type": lambda _error, _model, found: f"Expected entries with names, got {shown(found)}.",
}
