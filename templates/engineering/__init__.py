"""The loop to Engineering."""
