"""The id of the button by which somebody says that they told an account by phone."""

from __future__ import annotations

from templates.kit.actions import action

NOTICE_CALLED = action("notice.called", "I called")
