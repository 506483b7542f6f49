"""Details that an account is asked for, and what its silence brings."""
