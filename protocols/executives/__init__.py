"""The executives who are told."""
