"""Why somebody in the bridge is refused."""

from __future__ import annotations

from protocols.kernel.refusals import Refusal


class BridgeFull(Refusal):
    """The ninth person needs a CS manager's reason. Source: D9."""

    code = "bridge_full"


class ChannelShared(Refusal):
    """The bridge was shared outside; nothing more is posted there."""

    code = "channel_shared"


class SharedStill(Refusal):
    """Slack shows the bridge shared outside still, or does not say. Source: T13, D41."""

    code = "shared_still"


class NotInTheBridge(Refusal):
    """Only who is in the bridge now, or has the duty, releases; once asked is no right. D22."""

    code = "not_in_the_bridge"
