"""A report that was heard in an account's channel."""
