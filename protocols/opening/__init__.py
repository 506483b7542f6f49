"""The form, and what it begins."""
