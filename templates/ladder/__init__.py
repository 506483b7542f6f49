"""A ladder's steps, and what is late."""
