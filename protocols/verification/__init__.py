"""Money is verified before it is answered with an amount."""
