"""The policy: every number with its source."""
