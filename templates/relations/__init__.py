"""Words of tickets that belong together."""
