"""What one of us is told together. Source: D8."""

from __future__ import annotations

from protocols.digest.events import DigestTold, HeldLine
from protocols.digest.state import Digest, Waiting
from protocols.kernel.context import Context
from protocols.kernel.roads import dm
from protocols.kernel.tables import Effects, tells_first


@tells_first
def told(
    before: Digest | None,
    events: tuple[object, ...],
    digest: Digest,
    _ctx: Context,
    _version: int,
) -> Effects:
    """Tell the person what waited for them, in one message."""
    if before is None:
        return ()
    keys = {key for event in events if isinstance(event, DigestTold) for key in event.keys}
    lines = [line for line in before.of(Waiting).lines if line.key in keys]
    if not lines:
        return ()
    params: dict[str, object] = {"lines": [_told(line) for line in lines]}
    suffix = f"told/{digest.of(Waiting).told}"
    return (dm(digest, suffix, digest.person, "digest", params, unasked=True),)


def _told(line: HeldLine) -> dict[str, str]:
    return {"about": line.about, "text": line.text, "at": line.at.isoformat()}
