"""A strict local Slack: it speaks only what the real one speaks, and imports nothing of the bot."""
