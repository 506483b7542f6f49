"""The form, and the answer to it."""
