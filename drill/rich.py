"""Rich text as Slack accepts it, and what it says.

Source: slack-contract 3.2.
"""

from __future__ import annotations

from collections import defaultdict

from drill.findings import Findings, Node

# Of each piece: what it must have, what it may have, and how mrkdwn would write it.
_PIECES: dict[str, tuple[tuple[str, ...], tuple[str, ...], str]] = {
    "text": (("text",), (), "{text}"),
    "link": (("url",), ("text", "unsafe"), "<{url}|{text}>"),
    "emoji": (("name",), ("skin_tone", "unicode"), ":{name}:"),
    "user": (("user_id",), (), "<@{user_id}>"),
    "usergroup": (("usergroup_id",), (), "<!subteam^{usergroup_id}>"),
    "channel": (("channel_id",), (), "<#{channel_id}>"),
    "date": (
        ("timestamp", "format"),
        ("url", "fallback"),
        "<!date^{timestamp}^{format}|{fallback}>",
    ),
    "broadcast": (("range",), (), "<!{range}>"),
}
_INLINE = frozenset(_PIECES)
_SECTION = frozenset(("rich_text_section",))
# What each part of a rich text holds, and what else it may have.
_PARTS: dict[str, tuple[frozenset[str], tuple[str, ...]]] = {
    "rich_text_section": (_INLINE, ()),
    "rich_text_quote": (_INLINE, ("border",)),
    "rich_text_preformatted": (frozenset(("text", "link")), ("border", "language")),
    "rich_text_list": (_SECTION, ("style", "indent", "offset", "border")),
}
_STYLES = ("bold", "italic", "strike", "code", "underline")
_LINED = ("rich_text", "rich_text_list")


def check_rich_text(found: Findings, node: Node, pointer: str) -> None:
    """Check a rich text with all that it holds."""
    _check_all(found, node, pointer, frozenset(_PARTS))


def _check_all(found: Findings, node: Node, pointer: str, allowed: frozenset[str]) -> None:
    elements = node.get("elements")
    if not isinstance(elements, list):
        found.add(f"{pointer}/elements", "must be an array")
        return
    for place, element in enumerate(elements):
        here = f"{pointer}/elements/{place}"
        kind = element.get("type") if isinstance(element, dict) else None
        if not isinstance(kind, str) or kind not in allowed:
            found.add(f"{here}/type", f"unsupported type: {kind}")
        elif kind in _PARTS:
            inside, more = _PARTS[kind]
            found.known(element, here, ("type", "elements", *more))
            _check_all(found, element, here, inside)
        else:
            _check_piece(found, element, here)


def _check_piece(found: Findings, node: Node, pointer: str) -> None:
    must, may, _ = _PIECES[str(node["type"])]
    found.required(node, pointer, *must)
    found.known(node, pointer, ("type", "style", *must, *may))
    for name in {*must, *may} - {"timestamp", "skin_tone", "unsafe"}:
        found.length(node.get(name), f"{pointer}/{name}", 3000)
    stamp = node.get("timestamp", 0)
    if not isinstance(stamp, int) or isinstance(stamp, bool):
        found.add(f"{pointer}/timestamp", "must be an integer")
    _check_style(found, node.get("style", {}), f"{pointer}/style")


def _check_style(found: Findings, style: object, pointer: str) -> None:
    if not isinstance(style, dict):
        found.add(pointer, "must be an object")
        return
    found.known(style, pointer, _STYLES)
    for name in _STYLES:
        found.boolean(style, pointer, name)


def words(node: object) -> str:
    """Return what rich text says, with people, places and times as mrkdwn has them."""
    if not isinstance(node, dict):
        return ""
    kind, inside = str(node.get("type")), node.get("elements")
    if kind in _PIECES:
        return _PIECES[kind][2].format_map(defaultdict(str, node))
    parts = map(words, inside) if isinstance(inside, list) else ()
    return ("\n" if kind in _LINED else "").join(parts)
