"""Words that someone at an account may write of a signal: they propose, and decide nothing.

Source: S25-S34, D44.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from protocols.scales import Signal
from protocols.words.normal_form import normal


@dataclass(frozen=True, slots=True)
class HeardWords:
    """Words of the signal matrix as they were written, and the row that they may be of."""

    words: str
    signal: Signal


_NEAR = r"\b[^.!?\n]{0,40}\b"
_WRONG_PLACE = r"wrong (?:account|vendor|bank|amount)"
_NOT = r"(?:not|never|(?:did|was|were|has|have|had) ?n(?:o|')?t)"
_GONE = r"(?:go|gone|been|sent|paid|arrived?|received|run|come|posted)"
_ERP = r"(?:netsuite|sap|oracle|quickbooks|workday|erp)"
_PATTERNS: Mapping[Signal, tuple[str, ...]] = MappingProxyType(
    {
        Signal.DUPLICATE_PAYMENT: (
            rf"(?:paid|payed|pay|charged|debited|sent|billed){_NEAR}(?:twice|two times|2x)",
            r"(?:double|duplicate)[ -]?(?:paid|pays?|payments?|charged?|charges|debits?)",
            rf"(?:wires?|funds?|money|payments?|ach){_NEAR}{_WRONG_PLACE}",
            rf"{_WRONG_PLACE}{_NEAR}(?:paid|wired|sent)",
        ),
        Signal.UNUSUAL_LOGIN: (
            r"breach(?:ed)?",
            r"hacked",
            r"compromised",
            r"phish(?:ing|ed)",
            r"ransom(?:ware)?",
            r"(?:unusual|unknown|suspicious|strange) (?:log-?in|sign-?in|access|user)s?",
            r"unauthori[sz]ed",
            r"fraud(?:ulent)?",
            r"stolen",
            r"leak(?:ed)?",
        ),
        Signal.LEGAL_THREAT: (
            r"lawyers?",
            r"attorneys?",
            r"legal (?:action|counsel|team)",
            r"lawsuit",
            r"sue",
            r"suing",
            r"litigation",
            r"subpoena",
            r"regulators?",
        ),
        Signal.ACH_RETURN_SPIKE: (
            rf"(?:payments?|ach|wires?|transfers?){_NEAR}(?:returned|rejected|bounced)",
            r"returned (?:payments?|ach|wires?|items?)",
            r"r0[234]",
        ),
        Signal.PAYMENT_RUN_MISSED: (
            r"(?:missing|missed|no|late|delayed|without) (?:the )?(?:payroll|pay ?run|payment run)",
            rf"payroll{_NEAR}(?:missing|missed|late|delayed|{_NOT})",
            rf"(?:payments?|payouts?|vendors?|payroll){_NEAR}{_NOT} {_GONE}",
            r"(?:missing|lost) (?:payments?|payouts?|funds|wires?|money)",
            r"wires?",
            r"outage",
        ),
        Signal.RECON_VARIANCE: (
            rf"reconcil\w*{_NEAR}(?:off|variance|mismatch|wrong|differ\w*)",
            r"(?:does|do) ?n(?:o|')t reconcile",
            rf"(?:balance|ledger){_NEAR}(?:off|wrong)",
            r"variance",
        ),
        Signal.AUDIT_REQUEST: (r"audit(?:ors?|ed)?", r"sox", r"sec filing"),
        Signal.ERP_INTEGRATION: (rf"{_ERP}{_NEAR}(?:fail\w*|error\w*|down|broken|stopped|not)",),
    }
)
_ROWS = tuple(
    (signal, re.compile(rf"\b(?:{'|'.join(patterns)})\b", re.IGNORECASE))
    for signal, patterns in _PATTERNS.items()
)
"""In the order in which one is proposed where words of several are heard: the gravest first."""


LONGEST = 4000
"""How much of a message is looked through."""


def heard_words(text: str) -> HeardWords | None:
    """Return the words of the gravest signal that a text may be about; None when there are none."""
    plain = normal(text[:LONGEST])
    for signal, pattern in _ROWS:
        found = pattern.search(plain)
        if found is not None:
            return HeardWords(found[0], signal)
    return None
