"""A report that nobody has classified."""
