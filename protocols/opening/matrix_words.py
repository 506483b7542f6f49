"""Words that someone at an account may write of a signal: they propose, and decide nothing.

English stands here; the other languages in which answers are read beside it.

Source: S25-S34, D44.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from protocols.opening.matrix_words_elsewhere import SPACED, UNSPACED
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
_GONE = (
    r"(?:go|going|gone|been|sent|paid|arrived?|received|run|come|posted|start(?:ed)?|executed?|"
    r"processed|released?|left|cleared|settled)"
)
_PAID = r"(?:pa(?:id|yed|ied|ys?|ying)|charged|debited|sent|billed|wired|processed|went out)"
_RUN = r"(?:payments?|pay ?runs?|payroll|payouts?|runs?|batch(?:es)?|ach|wires?|transfers?)"
_STUCK = r"(?:stuck|blocked|frozen|failed|fails?|failing|on hold|hang(?:s|ing)?)"
_ERP = r"(?:netsuite|sap|oracle|quickbooks|workday|erp)"
_PATTERNS: Mapping[Signal, tuple[str, ...]] = MappingProxyType(
    {
        Signal.DUPLICATE_PAYMENT: (
            rf"(?:{_PAID}|{_RUN}){_NEAR}(?:twice|two times|2x)",
            rf"twice{_NEAR}(?:paid|charged|debited|billed)",
            r"(?:paid|payed|charged|debited|billed) double",
            r"(?:double|dupl?icated?|duplicates of)[ -]?(?:paid|pays?|payments?)",
            r"(?:double|dupl?icated?)[ -]?(?:charged?|charges|debits?|wires?|transfers?)",
            rf"(?:wires?|funds?|money|payments?|ach){_NEAR}{_WRONG_PLACE}",
            rf"{_WRONG_PLACE}{_NEAR}(?:paid|wired|sent)",
        ),
        Signal.UNUSUAL_LOGIN: (
            r"breach(?:ed)?",
            r"hack(?:ed|ers?|ing)?",
            r"account take-?over",
            r"malware",
            r"intru(?:ders?|sion)",
            r"spoof(?:ed|ing)",
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
            r"lawsuits?",
            r"(?:to|in) court",
            r"sued?",
            r"suing",
            r"litigation",
            r"subpoena",
            r"regulators?",
        ),
        Signal.ACH_RETURN_SPIKE: (
            rf"(?:payments?|ach|wires?|transfers?|checks?){_NEAR}(?:returned|rejected|bounced)",
            r"(?:returned|rejected|bounced) (?:payments?|ach|wires?|items?|transfers?|checks?)",
            r"r0[234]",
        ),
        Signal.PAYMENT_RUN_MISSED: (
            r"(?:missing|missed|no|late|delayed|without) (?:the )?(?:payroll|pay ?run|payment run)",
            rf"payroll{_NEAR}(?:missing|missed|late|delayed|{_NOT})",
            rf"(?:{_RUN}|vendors?|salaries|wages|employees){_NEAR}{_NOT} (?:yet |been )?{_GONE}",
            rf"{_RUN} (?:\w+ ){{0,3}}{_STUCK}",
            r"no (?:payments?|payouts?) (?:go|went|left|have|were|today|this)",
            r"(?:funds|money) (?:\w+ ){0,2}(?:gone|missing|disappeared|vanished)",
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


def _row(signal: Signal) -> re.Pattern[str]:
    spaced = "|".join((*_PATTERNS.get(signal, ()), *SPACED.get(signal, ())))
    row = "|".join((rf"\b(?:{spaced})\b", *UNSPACED.get(signal, ())))
    return re.compile(row, re.IGNORECASE)


_ROWS = tuple((signal, _row(signal)) for signal in _PATTERNS)
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
