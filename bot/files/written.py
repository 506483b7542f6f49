"""A directory written as a file that reads back as it is."""

from __future__ import annotations

from collections.abc import Mapping

import yaml

from protocols.people.directory import Account, AccountContact, Directory, Person
from protocols.people.duties import Duty, Hours

Entries = Mapping[str, object]


def written(directory: Directory) -> str:
    """Return a directory as the content of a directory file."""
    sections: dict[str, Entries] = {
        "teams": {
            each.key: _said({"name": each.name, "channel": each.channel})
            for each in directory.teams
        },
        "people": {each.key: _person(each) for each in directory.people},
        "accounts": {each.key: account_entries(each) for each in directory.accounts},
    }
    said = {name: entries for name, entries in sections.items() if entries}
    text: str = yaml.safe_dump(said, sort_keys=False, allow_unicode=True, width=100)
    return text


def _person(person: Person) -> Entries:
    return _said(
        {
            "name": person.name,
            "email": person.email,
            "phone": person.phone,
            "duties": [_duty(each) for each in person.duties],
            "teams": list(person.teams),
            "other_emails": list(person.other_emails),
            "away": [{"from": each.first, "until": each.last} for each in person.away],
            "since": person.since,
        }
    )


def _duty(duty: Duty) -> object:
    if duty.hours is None:
        return duty.name
    return {"duty": duty.name, "hours": _hours(duty.hours), "zone": duty.zone}


def _hours(hours: Hours) -> str:
    ends = (hours.from_minute, hours.until_minute)
    return "-".join(f"{minute // 60:02}:{minute % 60:02}" for minute in ends)


def account_entries(account: Account) -> dict[str, object]:
    """Return an account as a directory file has it."""
    level, vendor = account.program_level, account.vendor_poc
    return _said(
        {
            "name": account.name,
            "kind": account.kind.value,
            "program_level": level.value if level is not None else None,
            "time_zone": account.zone,
            "csm": account.csm,
            "executive_sponsor": account.executive_sponsor,
            "shared_channel": account.shared_channel,
            "call_url": account.call_url,
            "sox_relevant": account.sox_relevant,
            "tags": list(account.tags),
            "intake": account.intake,
            "records": [{"name": each.name, "url": each.url} for each in account.records],
            "calendar": account.calendar,
            "period_closes": [
                {"from": each.first, "until": each.last} for each in account.period_closes
            ],
            "contacts": [_contact(each) for each in account.contacts],
            "vendor_poc": _contact(vendor) if vendor is not None else None,
        }
    ) | ({} if account.active else {"active": False})


def _contact(contact: AccountContact) -> Entries:
    return _said(
        {
            "name": contact.name,
            "email": contact.email,
            "phone": contact.phone,
            "security": contact.security,
            "slack": contact.slack,
            "role": "" if contact.role.value == "contact" else contact.role.value,
        }
    )


def _said(entries: Entries) -> dict[str, object]:
    """Return the entries that say something; an absent one reads as its default."""
    return {name: value for name, value in entries.items() if value not in (None, "", [], False)}
