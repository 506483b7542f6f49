"""The next update that was promised."""
