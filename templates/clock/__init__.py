"""Targets and how long they have."""
