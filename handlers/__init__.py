"""One file per user journey: payload, command, reply. No rule and no SQL."""
