"""Every command that may be asked of a ticket, and what makes one: the three lists as one."""

from __future__ import annotations

from tests.property.leak.making_bridge import BRIDGE
from tests.property.leak.making_desk import DESK
from tests.property.leak.making_words import WORDS
from tests.property.leak.scene import Makers

MAKERS: Makers = {**WORDS, **DESK, **BRIDGE}
