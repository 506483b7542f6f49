"""ACH return codes: what each means, how long the return may take, what it needs. Source: S29.

In our own words, from public descriptions; the Nacha Operating Rules decide. Where no public source
was found for a window, it is marked as not checked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

_CODE = re.compile(r"(?<![A-Za-z0-9])[Rr](\d\d)(?![A-Za-z0-9])", re.ASCII)
_STATEMENT = "a written statement of unauthorized debit"


@dataclass(frozen=True, slots=True)
class ReturnCode:
    """One code.

    Attributes:
        window: How long the return may take; empty where none is set.
        kind: ``administrative`` or ``unauthorized``, the kinds that are watched; empty for others.
        needs: What goes with it, or is to be known of it.
        is_checked: Whether a public source was found for the window.
        from_day: From when on it may be used, None for one in force.
    """

    code: str
    meaning: str
    window: str
    kind: str = ""
    needs: str = ""
    is_checked: bool = True
    from_day: date | None = None


_TWO = "2 banking days"
_SIXTY = "60 calendar days"
_NEXT = "the next file delivery"
_AGREED = "as the two banks agree"
_DISHONORED = "5 banking days after the return settled"
_CONTESTED = "2 banking days after the dishonored return settled"
_BY_WINDOW: Mapping[str, Mapping[str, str]] = {
    _TWO: {
        "R01": "not enough money on the account",
        "R02": "the account is closed",
        "R03": "no such account, or it is not that person's",
        "R04": "the account number has a form that cannot be",
        "R08": "the payer stopped this payment",
        "R09": "the balance is there, but not collected yet",
        "R12": "the branch or account was sold to another bank",
        "R14": "who receives for another has died or cannot go on",
        "R15": "the account holder or beneficiary has died",
        "R16": "the account is frozen, or sanctions rules (OFAC) forbid it",
        "R17": "fields do not pass the bank's checks, or the entry looks questionable",
        "R20": "the account takes no such transactions",
        "R21": "the company's identification is not valid",
        "R22": "the individual's identification is not valid",
        "R24": "the same entry came twice",
        "R29": "a company says it did not authorize the debit",
        "R39": "the paper behind the entry may not be turned into one",
    },
    _SIXTY: {
        "R05": "a consumer's account was debited with a company's entry class",
        "R07": "the payer took the authorization back",
        "R10": "the payer does not know the originator, or did not authorize the debit",
        "R11": "authorized, but not as the authorization says: amount, date, or twice",
        "R33": "a destroyed-check entry is returned",
        "R37": "the paper behind the entry was presented as well",
        "R38": "the paper behind the entry was stopped",
    },
    _NEXT: {
        "R13": "the receiving bank does not take part",
        "R18": "the effective date is not possible",
        "R19": "the amount field is wrong",
        "R25": "the addenda are wrong",
        "R26": "a field that must be there is missing or wrong",
        "R27": "the trace number is missing or wrong",
        "R28": "the routing number fails its check digit",
        "R30": "the receiving bank takes no truncated checks",
        "R32": "the receiving bank cannot settle",
        "R34": "the receiving bank may take part only in part",
        "R35": "a debit that is not allowed on this account",
        "R36": "a credit that is not allowed for this entry class",
    },
    _AGREED: {
        "R06": "the originating bank asked for it back",
        "R31": "the receiving bank returns it late with the originating bank's leave (CCD, CTX)",
    },
    "when the receiver has refused it": {"R23": "the receiver refused the credit"},
    _DISHONORED: {
        "R61": "dishonored: the return went to the wrong bank",
        "R62": "dishonored: the return of an erroneous or reversing debit",
        "R67": "dishonored: the return came twice",
        "R68": "dishonored: the return came too late",
        "R69": "dishonored: fields of the return are wrong",
        "R70": "dishonored: the return was neither accepted nor asked for",
    },
    _CONTESTED: {
        "R71": "contested: the dishonored return went to the wrong bank",
        "R72": "contested: the dishonored return came too late",
        "R73": "contested: the first return was in time",
        "R74": "contested: the return is sent again, put right",
        "R75": "contested: the return was not a second one",
        "R76": "contested: the return had no wrong fields",
        "R77": "contested: the dishonor as R62 is not accepted",
    },
}
_SIXTY_CHECKED = {
    "R51": "the item behind a re-presented check is not eligible, or the entry is improper",
    "R52": "the item behind a re-presented check was stopped",
    "R53": "the item and its re-presented entry were both presented",
}
_NOT_CHECKED: Mapping[str, tuple[str, str]] = {
    "R50": ("state law decides whether re-presented checks are taken", _TWO),
    "R40": ("enrollment: returned by the federal agency", ""),
    "R41": ("enrollment: the transaction code is not valid", ""),
    "R42": ("enrollment: the routing number or its check digit is wrong", ""),
    "R43": ("enrollment: the account number is not valid", ""),
    "R44": ("enrollment: the identification number is not valid", ""),
    "R46": ("enrollment: the mark for a representative payee is not valid", ""),
    "R47": ("enrollment: enrolled already", ""),
    "R80": ("international: the entry is coded wrongly", ""),
    "R81": ("international: the bank does not take part", ""),
    "R82": ("international: the foreign bank's identification is not valid", ""),
    "R83": ("international: the foreign bank cannot settle", ""),
    "R84": ("international: the gateway did not process it", ""),
    "R85": ("international: an outbound payment is coded as a domestic one", ""),
    "R90": ("returned because sanctions rules bind the receiving bank", ""),
}
_KINDS = {
    **dict.fromkeys(("R02", "R03", "R04"), "administrative"),
    **dict.fromkeys(("R05", "R07", "R10", "R11", "R29", "R51"), "unauthorized"),
}
_NEEDS = {
    **dict.fromkeys(("R05", "R07", "R10", "R11"), _STATEMENT),
    "R06": "the receiving bank's answer within 10 banking days",
    "R17": "a look whether fraud is suspected: then the addenda say QUESTIONABLE",
}
_FROM_DAY = {"R90": date(2028, 3, 17)}


def _known() -> Iterable[ReturnCode]:
    for window, meanings in _BY_WINDOW.items():
        yield from (_code(code, meaning, window) for code, meaning in meanings.items())
    yield from (_code(code, meaning, _SIXTY) for code, meaning in _SIXTY_CHECKED.items())
    yield _code("R45", "enrollment: the name is not valid", "")
    for code, (meaning, window) in _NOT_CHECKED.items():
        yield _code(code, meaning, window, is_checked=False)


def _code(code: str, meaning: str, window: str, *, is_checked: bool = True) -> ReturnCode:
    kind, needs = _KINDS.get(code, ""), _NEEDS.get(code, "")
    return ReturnCode(code, meaning, window, kind, needs, is_checked, _FROM_DAY.get(code))


RETURN_CODES: Mapping[str, ReturnCode] = MappingProxyType(
    {one.code: one for one in sorted(_known(), key=lambda one: one.code)}
)
"""Every code, by its name."""


def codes_in(*texts: str) -> tuple[str, ...]:
    """Return what has the form of a code in these texts, each once, in order, in capitals."""
    return tuple(dict.fromkeys(f"R{each}" for text in texts for each in _CODE.findall(text)))
