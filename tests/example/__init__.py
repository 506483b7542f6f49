"""A subject that the product does not have, added through its seams alone."""
