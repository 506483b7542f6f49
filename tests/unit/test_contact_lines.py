"""An account's people as typed lines: what is written is read back, what is unclear is named."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.files.entries import ContactEntry, checked
from protocols.directory.contact_lines import ContactUnclear, contact_entries, contact_lines
from protocols.people.directory import AccountContact, ContactRole

NAMES = st.sampled_from(["AP Director One", "Clerk, Two", "Ana Ü.", "Three"])
CONTACTS = st.builds(
    AccountContact,
    name=NAMES,
    email=st.sampled_from(["", "a@acme.example", "b.c+d@acme.example"]),
    phone=st.sampled_from(["", "+1 555 0100", "0049 (30) 12-34"]),
    security=st.booleans(),
    slack=st.sampled_from(["", "U0CLERK01", "W012345"]),
    role=st.sampled_from(ContactRole),
)


@given(st.lists(CONTACTS, max_size=8))
def test_typed_lines_read_back_as_they_were(contacts: list[AccountContact]) -> None:
    text = contact_lines(contacts)
    assert text is not None
    read = [checked(ContactEntry, each, ()) for each in contact_entries(text)]
    assert [each.value() for each in read if not isinstance(each, list)] == contacts


@pytest.mark.parametrize(
    "contact",
    [
        AccountContact("A; B"),
        AccountContact("A", phone="ext. 12"),
        AccountContact("A", phone="+1 555 0100 ext. 12"),
        AccountContact("A" * 3_001),
    ],
)
def test_people_that_no_line_can_hold_are_not_offered_for_typing(contact: AccountContact) -> None:
    assert contact_lines([contact]) is None


def test_lines_without_words_are_passed_over_and_still_counted() -> None:
    with pytest.raises(ContactUnclear, match='Line 3: "boss" is no mail address'):
        contact_entries("One; a@b.example\n\nTwo; boss")
