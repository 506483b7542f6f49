"""Words of what a signal asks to be done."""
