"""The word tables of the language checks: small, explicit, each a bounded pattern.

Patterns end on word boundaries and repeat nothing without a bound, so a check costs no more
than the length of its text. A blank in a phrase stands for a dash between its words too. They
read the normal form: one blank, one kind of dash and quote. Source: S50, S56, M2.
"""

from __future__ import annotations

import re


def _any(*patterns: str) -> re.Pattern[str]:
    phrases = "|".join(patterns).replace(" ", "[ _-]")
    return re.compile(rf"(?<!\w)(?:{phrases})(?!\w)", re.IGNORECASE)


TIME = re.compile(
    r"(?<![\w:.,+-])(?:(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?(?:\s?[ap](?:\.m\.|m\b))?"
    r"|(?:1[0-2]|0?[1-9])\s?[ap](?:\.m\.|m\b)|(?:1[0-2]|0?[1-9])\s?o'?clock|noon|midnight)(?![\w:])",
    re.IGNORECASE,
)
"""A time of day, with or without minutes."""


_ZONE_NAMES = (
    r"UTC|GMT|Z|E[SD]T|P[SD]T|M[SD]T|C[SD]T|AK[SD]T|HST|A[SD]T|N[SD]T|CES?T|EES?T|WES?T|MSK|BST"
    r"|IST|JST|KST|HKT|SGT|A[CEW][SD]T|NZ[SD]T|SAST|WAT|CAT|EAT|BRT|ART|CLT|PKT|ICT|WIB"
)
ZONE = re.compile(
    rf"\s?\(?((?:{_ZONE_NAMES})(?:\s?[+-]\d{{1,2}}(?::?\d\d)?)?|[+-]\d\d:?\d\d)(?!\w)"
    r"|\s?(?:-|–|to|and|until|or)\s?(?=\d{1,2}(?::\d\d){1,2})(?:[\d:]{3,8})"
    rf"\s?\(?((?:{_ZONE_NAMES})|[+-]\d\d:?\d\d)(?!\w)"
    r"|\s(?:[A-Z][a-z]{2,15}\s){1,3}time(?!\w)"
)
"""What makes a time a time somewhere: a zone, a range that ends in one, or a city's time."""


DOUBTFUL_ZONES = frozenset({"IST", "CST", "BST"})
IN_UTC = re.compile(r"\s?[A-Z]{3}\s?\(\d{1,2}:\d\d\sUTC\)")


CAUSE = _any(
    "because(?: of)?",
    "caused by",
    "(?:is|are|was|were) caused(?! by)",
    "(?:root )?causes? (?:is|was|were|of|turned)(?: (?:a |an |the )?(?:bad|faulty|failed)"
    " (?:deploy(?:ment)?|release|update|change))?",
    "root causes?",
    "due to",
    "owing to",
    "as a (?:result|consequence) of",
    "(?:was|is|were|are) the result of",
    "result(?:ed|s|ing) from",
    "stem(?:s|med|ming) from",
    "trigger(?:ed|s) by",
    "(?:the )?reasons? (?:is|was|for|why)",
    "attribut(?:ed|able) to",
    "trace[ds]? (?:back )?to",
    "led to",
    "(?:at|your|our|their|whose) fault",
    "human error",
    "user error",
    "(?:a |the )?bug in",
    "misconfigur(?:ed|ation)",
    "(?:bad|faulty|failed) (?:deploy(?:ment)?|release|update|change)",
)


FORECAST = _any(
    r"(?:should|ought to|will|shall|is going to|are going to) (?:soon |now |all )?(?:be|have been)"
    r" (?:\w+ )?(?:fixed|solved|resolved|back|restored|done|completed?|working|finished|over|ready"
    r"|sorted|corrected|refunded|returned|processed|normal)(?: (?:by|before|within|in|on|at|until)"
    r" (?:the )?[\w:]+(?: (?:of )?[\w:]+)?)?",
    r"should (?:work|clear|settle|arrive|go|come|take|finish|recover)",
    "(?<!as )soon(?:est)?",
    "shortly",
    "(?:we|to be|is|are) expect(?:ed)?(?: to)?",
    "we (?:anticipate|hope|plan to finish|aim)",
    "hopefully",
    "any (?:minute|moment)(?: now)?",
    "in no time",
    "(?:fixed|solved|resolved|done|back) (?:by|within|in) [\\w:]+(?: [\\w:]+)?",
    "by (?:tomorrow|tonight|end of (?:day|week)|the end of the (?:day|week)|eod|cob)",
    "estimated time",
    "eta",
)


SPECULATION = _any(
    "(?:we|i) (?:think|believe|suspect|guess|assume|feel|suppose)",
    "(?:probably|presumably|possibly|perhaps|maybe|apparently|supposedly|conceivably)",
    "(?:most |very |un)?likely",
    "(?:might|could|may) (?:be|have|well)",
    "might",
    "(?:seems?|appears?|appeared|seemed) (?:to|that|like)",
    "(?:looks?|sounds?) like",
    "in all (?:likelihood|probability)",
    "as far as we (?:know|can tell|can see)",
    "potentially",
)


REASSURANCE = _any(
    "(?:do not|don'?t|no need to|needn'?t) (?:worry|panic|be concerned|be alarmed)",
    "nothing to (?:worry|fear|be concerned)(?: about)?",
    "rest assured",
    "(?:be|you can be|please be|feel) (?:assured|confident|certain)",
    "(?:we )?(?:can )?(?:assure|promise|guarantee)(?: you)?",
    "no (?:cause|reason) for (?:concern|alarm|worry)",
    "everything is (?:fine|ok|okay|under control|safe|in order|normal)",
    "under control",
    "(?:completely|perfectly|totally|absolutely|entirely|100 ?%) (?:safe|secure|fine)",
    "(?:money|funds|payments|records) (?:is|are) (?:all )?(?:safe|secure)",
    "(?:only|just) a (?:minor|small|temporary|slight) \\w+",
)


APOLOGY = _any(
    "(?:we are |we're |i am |i'm |so |very )?sorry",
    "apolog(?:y|ies|i[sz]e[sd]?|i[sz]ing|etic)",
    "(?:we )?(?:deeply |sincerely )?regret",
    "forgive(?: us)?",
    "(?:our|my) (?:mistake|bad|failure|error|negligence)",
    "we (?:messed up|failed you|dropped the ball)",
)


STOPPED = _any(
    r"(?:payments?|transactions?|transfers?|payouts?|payment runs?|runs)(?: [\w']+){0,8}?"
    r" (?:has|have|had|is|are|was|were)(?: (?:now|all|already|been|being|also|fully)){0,3}"
    r" (?:stopped|blocked|frozen|halted|paused|suspended|held|on hold)",
    r"(?:we|our team|the bank|the processor)(?: (?:have|has|had|already|now|also)){0,3}"
    r" (?:stopped|blocked|froze|frozen|halted|paused|suspended|put a stop to)"
    r"(?: (?:all|any|your|the|further|new|outgoing|these)){0,4}"
    r" (?:payments?|transactions?|transfers?|payouts?|runs?)",
    r"no (?:further|more|new|other)? ?(?:payments?|transactions?|transfers?)"
    r" (?:is|are|will be|can be|can) (?:going|go|sent|leaving|leave|made|processed)(?: out)?",
)
"""A claim that money no longer moves. Source: D17."""


RAW_CODE = re.compile(
    r"(?<!\w)(?:R(?:0[1-9]|[1-9]\d)(?! ?(?:\w+ )?(?:Street|Road))"
    r"(?:\s+(?:spike|cluster|returns?|codes?|errors?|rejects?))?"
    r"|C(?:0[1-9]|1[0-4])(?!\w)(?:\s+(?:codes?|notices?))?"
    r"|HTTP[ /]?[1-5]\d\d|[45]\d\d (?:errors?|responses?|status(?: codes?)?)"
    r"|[45]\d\d (?:Internal Server Error|Bad Gateway|Not Found|Forbidden|Unauthorized)"
    r"|[A-Z]{2,}(?:_[A-Z0-9]+){1,8}|(?:ORA|SQLSTATE|ERR|E|EC|SWF)[-_]?\d{3,6}"
    r"|0x[0-9a-fA-F]{2,16}|[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}"
    r"|error codes? [A-Z0-9-]{2,12})(?!\w)"
)


STACK_TRACE = re.compile(
    r"Traceback \(most recent call last\)|\bFile \"[^\"\n]{1,200}\", line \d+"
    r"|\bat [\w$.]{3,120}\([\w.]{1,80}:\d+\)|\b[A-Za-z.]{2,60}(?:Exception|Error)\b(?=[:\s(]|$)"
    r"|\bNullPointer\w{0,20}|\bsegfault\b|\bstack ?trace\b|\bcore dump(?:ed)?\b",
)
