"""Words of the verification of money."""
