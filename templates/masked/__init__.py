"""Numbers that must not be kept."""
