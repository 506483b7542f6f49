"""A kind of record that the product does not have: an errand that a note gives."""
