"""Sample facts of an account's form and page, with further states of them."""

from __future__ import annotations

from templates.directory.facts import ChangeLine, MissingLine, NearAccount

PEOPLE = (
    "AP Director One; director@acme.example; admin; +1 555 0100",
    "AP Clerk One; clerk@acme.example; U0CLERK01; security",
)
COMMON = {"active": True, "channel": "acme-support", "csm": "CSM One", "kind": "customer",
          "sponsor": "Sponsor One", "tags": "east, priority", "key": "acme"}  # fmt: skip
SPECIAL: dict[str, dict[str, object]] = {
    "account_changed": {
        "active": True, "is_new": False,
        "changes": (ChangeLine("CSM", "CSM One", "CSM Two"), ChangeLine("Tags", "", "east")),
    },
    "no_account_named": {
        "may": True, "typed": "Acne",
        "near": (NearAccount("acme", "Acme"), NearAccount("acre", "Acre Mills")),
    },
    "edit_account": {
        **COMMON, "contacts": "\n".join(PEOPLE), "csm_id": "U0CSMONE1", "intake": "default",
        "is_new": False, "level": "none", "mark": "0123456789ab", "people_fit": True,
        "sponsor_id": "",
    },
    "show_account": {
        **COMMON, "file": "directory.yaml", "intake": "are left to us", "level": "", "may": True,
        "more": 0, "people": PEOPLE, "manager": "CS Manager One",
    },
    "people_missing": {
        "accounts": (NearAccount("acme", "Acme"),), "more": 0, "others": 0,
        "lines": (MissingLine("Acme", "AP Director One", "a contact",
                              "has no active user in Slack any more"),),
    },
    "help_account": {"account_command": "account"},
    "account_wrong": {"what": "'Gotham' is no time zone. Write one such as America/New_York."},
    "account_of_file": {"file": "directory.yaml"},
}  # fmt: skip
VARIANTS: dict[str, dict[str, dict[str, object]]] = {
    "account_changed": {
        "added": {"is_new": True},
        "removed": {"active": False, "changes": (ChangeLine("Active", "yes", "no"),)},
        "as it was": {"changes": ()},
    },
    "no_account_named": {
        "none is near": {"near": ()},
        "who may not add one": {"may": False},
        "neither": {"may": False, "near": ()},
    },
    "edit_account": {
        "new": {"is_new": True, "key": "", "mark": "", "csm": "", "csm_id": "", "sponsor": "",
                "contacts": "", "channel": "", "tags": ""},
        "many people": {"people_fit": False},
        "a partner, removed": {"kind": "partner", "level": "gold", "active": False},
    },
    "people_missing": {
        "a CSM of many accounts": {
            "more": 185, "others": 186,
            "accounts": (NearAccount("acme", "Acme"), NearAccount("birch", "Birch")),
            "lines": tuple(
                MissingLine(name, "CSM One", "CSM", "is not in the directory any more")
                for name in ("Acme", "Birch")
            ),
        },
    },
    "show_account": {
        "no right": {"file": ""},
        "nobody is named": {"file": "", "csm": "", "sponsor": "", "people": (), "channel": "",
                            "tags": "", "manager": ""},
        "a partner, removed, with many people": {
            "kind": "partner", "level": "gold", "active": False, "more": 1980,
            "intake": "open a ticket",
        },
    },
}  # fmt: skip
