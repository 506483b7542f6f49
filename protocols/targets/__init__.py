"""Targets of a ticket: which clocks run, who is told that one nears or has passed, who met it."""
