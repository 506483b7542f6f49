"""A notice to many accounts, and whom it did not reach."""
