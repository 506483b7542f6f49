"""Words with which someone complains formally, or disputes a contract: they propose, no more.

The languages are those in which short answers are read. A word asks a person; nothing begins by it.
Source: D15, D44; M19.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from protocols.flags.events import Flag
from protocols.words.normal_form import normal

LONGEST = 4000
"""How much of a message is looked through."""
QUOTED = 200
"""How much of what was written stands in the question."""
_OF_CONTRACT = r"(?:the |our |your |this )?(?:contract|agreement|terms)"
_WORDS: Mapping[Flag, tuple[str, ...]] = {
    Flag.CONTRACT_DISPUTE: (
        rf"breach(?:ed|es|ing)? (?:of )?{_OF_CONTRACT}",
        rf"violat\w+ (?:of )?{_OF_CONTRACT}",
        rf"(?:disput\w+|contest|terminate|cancel) {_OF_CONTRACT}",
        r"contract(?:ual)? (?:dispute|breach)",
        r"vertragsbruch|vertragsverletzung|vertragswidrig",
        r"(?:rupture|violation) (?:du|de) contrat|manquement contractuel|litige contractuel",
        r"incumplimiento (?:del?|de) contrato|(?:incumplimiento|disputa) contractual",
        r"inadempi\w+ contrattual\w+|violazione (?:del|di) contratto",
        r"(?:quebra|incumprimento|descumprimento) (?:do|de) contrato",
        r"contractbreuk|wanprestatie|schending van (?:het|ons|de|onze) (?:contract|overeenkomst)",
        r"naruszeni\w+ umowy",
        r"sözleşme\w* ihlal\w*",
    ),
    Flag.COMPLAINT: (
        r"(?<!no )(?<!not a )(?<!any )complaints?",
        r"ombuds(?:man|person)?",
        r"beschwerden?|beschweren|reklamation(?:en)?",
        r"plaintes?|réclamations?",
        r"quejas?|hoja de reclamaciones|reclamación|reclamo formal",
        r"reclamo|lamentela|lamentele",
        r"queixas?|reclamação|reclamações",
        r"klachten?|klacht",
        r"skarg[aęi]|reklamacj\w+",
        r"ş[iı]k[aâ]yet\w*",
    ),
}
_WITHOUT_BLANKS: Mapping[Flag, str] = {
    Flag.CONTRACT_DISPUTE: "契約違反",
    Flag.COMPLAINT: "苦情|クレーム",
}
_ROWS = tuple(
    (flag, re.compile(rf"\b(?:{'|'.join(words)})\b|{_WITHOUT_BLANKS[flag]}", re.IGNORECASE))
    for flag, words in _WORDS.items()
)


@dataclass(frozen=True, slots=True)
class HeardFlag:
    """Words as they were written, what the matter may be by them, and what stands around them."""

    flag: Flag
    words: str
    said: str


def heard_flags(text: str) -> tuple[HeardFlag, ...]:
    """Return what a text may say that the matter is, each once; empty where it says nothing."""
    plain = normal(text[:LONGEST])
    found = ((flag, pattern.search(plain)) for flag, pattern in _ROWS)
    return tuple(HeardFlag(flag, match[0], _around(plain, match)) for flag, match in found if match)


def _around(plain: str, match: re.Match[str]) -> str:
    """Return the words with as much around them as a question may hold."""
    room = max(0, QUOTED - len(match[0])) // 2
    start, end = max(0, match.start() - room), min(len(plain), match.end() + room)
    return " ".join(plain[start:end].split())
