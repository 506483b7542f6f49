"""Whom a mail is for: who can be written to by any server, who by some, and who by none.

Every address stands by itself: one that cannot be written to keeps the mail from nobody else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from email.headerregistry import Address

FIELDS = ("to", "cc", "bcc")
NO_ADDRESS = "this is not a mail address"
BEYOND_ASCII = "its letters are more than the mail server can take"


@dataclass(frozen=True, slots=True)
class Addressees:
    """The addresses of one mail, as they were given.

    Attributes:
        plain: those that every server can write to, each with what is said to the server.
        beyond: those with letters before the @ that only some servers can take (SMTPUTF8).
        none: those that are no addresses, each with why.
    """

    plain: Mapping[str, Address] = field(default_factory=dict)
    beyond: Mapping[str, Address] = field(default_factory=dict)
    none: Mapping[str, str] = field(default_factory=dict)

    def without(self, answered: frozenset[str]) -> Addressees:
        """Return those of whom no server has said yet whether it takes mail for them."""
        return Addressees(
            {each: at for each, at in self.plain.items() if each not in answered},
            {each: at for each, at in self.beyond.items() if each not in answered},
            {each: why for each, why in self.none.items() if each not in answered},
        )


def addressees_of(payload: Mapping[str, object]) -> Addressees:
    """Sort the addresses of a mail's payload.

    Raises:
        ValueError: A field holds something that is not text.
    """
    plain: dict[str, Address] = {}
    beyond: dict[str, Address] = {}
    none: dict[str, str] = {}
    for each in dict.fromkeys(at for name in FIELDS for at in listed(payload.get(name))):
        try:
            found = address(each)
        except (ValueError, IndexError):
            none[each] = NO_ADDRESS
            continue
        (plain if found.addr_spec.isascii() else beyond)[each] = found
    return Addressees(plain, beyond, none)


def listed(value: object) -> tuple[str, ...]:
    """Return the addresses of one field.

    Raises:
        ValueError: It holds something that is not text.
    """
    if value is None or value == "":
        return ()
    if isinstance(value, str):
        return (value.strip(),)
    if isinstance(value, list | tuple):
        return tuple(str(each).strip() for each in value)
    raise ValueError("A mail address must be text.")


def address(spec: str, name: str = "") -> Address:
    """Read one address; a domain's letters are written as the name service has them.

    Raises:
        ValueError: It is none.
    """
    local, at, domain = spec.rpartition("@")
    if not at or not local or not domain or any(sign.isspace() for sign in spec):
        raise ValueError(f"{spec!r} is not a mail address.")
    written = domain if domain.isascii() else domain.encode("idna").decode()
    if local.isascii():
        return Address(name, addr_spec=f"{local}@{written}")
    # Its letters apart it must be an address like any other.
    Address(addr_spec=f"{''.join(s if s.isascii() else 'x' for s in local)}@{written}")
    return Address(name, username=local, domain=written)
