"""Answers to accounts of Tier 1 and 2, and what of it needs no second person."""
