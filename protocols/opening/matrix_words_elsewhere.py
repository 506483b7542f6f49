"""Words of the signal matrix in nine further languages: they propose, and decide nothing.

Source: S25-S34, D44.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from protocols.scales import Signal

_NEAR = r"\b[^.!?\n]{0,40}\b"
_PAID = (
    r"(?:be)?zahl\w*|zahlung\w*|überw\w+|abgebucht\w*|lauf|pay[ée]\w*|paiement\w*|virement\w*|"
    r"débité\w*|pag\w+|cobrad\w+|addebitat\w+|bonific\w+|bonifici|transferi\w+|betaal\w*|"
    r"betaling\w*|afgeschreven|zapłac\w+|płatnoś\w+|przelew\w*|ödeme\w*|ödendi|öde\w+"
)
_TWICE = (
    r"(?:zwei ?mal|doppelt\w*|deux fois|en double|dos veces|doble|duplicad\w+|due volte|doppi\w|"
    r"duas vezes|em dobro|twee keer|tweemaal|dubbel\w*|dwa razy|dwukrotnie|podwójn\w+|iki kez|"
    r"iki kere|iki defa|mükerrer)"
)
_WAGES = (
    r"(?:löhne|lohn\w*|gehälter|gehalt\w*|salaires?|paie|nóminas?|salarios?|sueldos?|stipendi\w*|"
    r"salários?|lonen|salarissen|loon|pensj\w+|wypłat\w+|maaş\w*)"
)
_RETURNED = (
    r"(?:zurückgewiesen|abgelehnt|rejet\w+|rechazad\w+|respint\w+|rejeitad\w+|devuelt\w+|"
    r"devolvid\w+|geweigerd|odrzuc\w+|reddedildi)"
)
_MISSING = (
    r"(?:fehl\w+|nicht|pas|manqu\w+|no|faltan?|non|mancan?\w*|não|faltam|niet|ontbre\w+|nie|brak\w*|"
    r"yok|\w+medi|\w+madı)"
)
SPACED: Mapping[Signal, tuple[str, ...]] = MappingProxyType(
    {
        Signal.DUPLICATE_PAYMENT: (
            rf"(?:{_PAID}){_NEAR}{_TWICE}",
            rf"{_TWICE}{_NEAR}(?:{_PAID})",
            r"doppel(?:zahlung|buchung|überweisung)\w*",
        ),
        Signal.UNUSUAL_LOGIN: (
            r"gehackt|hackerangriff|datenleck|betrug|gestohlen|unbefugt\w*|fremder zugriff",
            r"pirat[ée]\w*|fraude|frode|fuite de données|accès non autorisé|volé\w*",
            r"hackead\w+|hackerat\w+|violazione|acceso no autorizado|acesso não autorizado",
            r"robad\w+|invadid\w+|gehackte?|datalek|oplichting|włamani\w+|oszustw\w+|wyciek\w*",
            r"dolandırıcılık|saldırıya uğra\w+|çalındı|yetkisiz giriş",
        ),
        Signal.LEGAL_THREAT: (
            r"(?:rechts)?anw[aä]lt\w*|klage|verklag\w+|rechtliche schritte",
            r"avocate?s?|poursuites|tribunal\w*|abogad[oa]s?|demandar\w*|avvocat[oi]|denuncia\w*",
            r"advogad[oa]s?|processar|advocaat|advocaten|rechtszaak|aanklagen|prawnik\w*|adwokat\w*",
            r"pozew|avukat\w*|dava aç\w+",
        ),
        Signal.ACH_RETURN_SPIKE: (
            rf"(?:{_PAID}){_NEAR}{_RETURNED}",
            r"rücklastschrift\w*",
        ),
        Signal.PAYMENT_RUN_MISSED: (
            rf"{_WAGES}{_NEAR}{_MISSING}",
            rf"{_MISSING}{_NEAR}{_WAGES}",
            r"zahlungslauf|zahlungsausfall|systemausfall",
        ),
        Signal.AUDIT_REQUEST: (
            r"wirtschaftsprüf\w+|prüfer|betriebsprüfung|audits?|auditeurs?|commissaire aux comptes",
            r"auditor[ae]?s?|auditoría|auditoria|revisor[ei]|revisione|accountantscontrole|audyt\w*",
            r"denet(?:im|çi)\w*",
        ),
    }
)
"""Of languages that set words apart."""
UNSPACED: Mapping[Signal, tuple[str, ...]] = MappingProxyType(
    {
        Signal.DUPLICATE_PAYMENT: ("二重払い", "二重支払", "二重に", "2回支払", "二回支払"),
        Signal.UNUSUAL_LOGIN: ("不正アクセス", "不正ログイン", "乗っ取", "情報漏", "詐欺", "盗ま"),
        Signal.LEGAL_THREAT: ("弁護士", "訴訟", "法的措置"),
        Signal.ACH_RETURN_SPIKE: ("組戻", "送金.{0,10}(?:拒否|返却)"),
        Signal.PAYMENT_RUN_MISSED: (
            "給与.{0,15}(?:ません|ない|遅)",
            "給料.{0,15}(?:ません|ない|遅)",
        ),
        Signal.AUDIT_REQUEST: ("監査",),
    }
)
"""Of Japanese, in which no blanks part the words."""
