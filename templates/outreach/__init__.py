"""Impacted accounts, and the notice to them."""
