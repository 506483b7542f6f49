"""A notice to many accounts."""
