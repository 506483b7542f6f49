"""Words of calls that an account was promised."""
