"""What a signal asks to be done, and what became of it. Source: S25-S33."""
