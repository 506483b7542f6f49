"""The machine of the rules, which knows no subject."""
