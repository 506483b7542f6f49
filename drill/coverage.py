"""Which of Slack's methods the local Slack has, which in part, and which not at all."""

from __future__ import annotations

from drill import api_blocks, api_channels, api_chat, api_marks, api_members, api_people, api_views
from drill.access import Handler
from drill.facts import methods

HANDLERS: dict[str, Handler] = {
    "auth.test": api_people.auth_test,
    "team.info": api_people.team_info,
    "apps.connections.open": api_people.connections_open,
    "users.info": api_people.user_info,
    "users.list": api_people.user_list,
    "users.lookupByEmail": api_people.lookup_by_email,
    "users.conversations": api_channels.joined,
    "conversations.create": api_channels.create,
    "conversations.info": api_channels.info,
    "conversations.list": api_channels.listed,
    "conversations.setTopic": api_channels.set_topic,
    "conversations.setPurpose": api_channels.set_purpose,
    "conversations.rename": api_channels.rename,
    "conversations.archive": api_channels.archive,
    "conversations.unarchive": api_channels.unarchive,
    "conversations.join": api_channels.join,
    "conversations.invite": api_members.invite,
    "conversations.kick": api_members.kick,
    "conversations.leave": api_members.leave,
    "conversations.members": api_members.members,
    "conversations.open": api_members.open_direct,
    "conversations.history": api_members.history,
    "conversations.replies": api_members.replies,
    "chat.postMessage": api_chat.post_message,
    "chat.postEphemeral": api_chat.post_ephemeral,
    "chat.update": api_chat.update,
    "chat.delete": api_chat.delete,
    "chat.getPermalink": api_chat.get_permalink,
    "blocks.validate": api_blocks.validate,
    "views.open": api_views.open_view,
    "views.push": api_views.push_view,
    "views.update": api_views.update_view,
    "views.publish": api_views.publish_view,
    "pins.add": api_marks.pin_add,
    "pins.remove": api_marks.pin_remove,
    "pins.list": api_marks.pin_list,
    "bookmarks.add": api_marks.bookmark_add,
    "bookmarks.edit": api_marks.bookmark_edit,
    "bookmarks.remove": api_marks.bookmark_remove,
    "bookmarks.list": api_marks.bookmark_list,
    "reactions.add": api_marks.reaction_add,
}

PARTIAL: dict[str, str] = {
    "chat.postMessage": "attachments are kept as given; emoji stay as they are",
    "chat.update": "no edit window; rich_text may become other blocks",
    "blocks.validate": "every breach has the code failed_constraint, and names no constraint",
    "users.list": "no locale, no enterprise fields",
    "conversations.rename": "only the channel's creator may",
    "pins.list": "messages only; no files",
    "bookmarks.add": "links only; no folders",
    "team.info": "no icon addresses",
}


def coverage() -> dict[str, tuple[str, str]]:
    """Return for every known method ``supported``, ``partial`` or ``absent``, and a note."""
    table: dict[str, tuple[str, str]] = {}
    for name in methods():
        if name not in HANDLERS:
            table[name] = ("absent", "answers unknown_method")
        elif name in PARTIAL:
            table[name] = ("partial", PARTIAL[name])
        else:
            table[name] = ("supported", "")
    return table
