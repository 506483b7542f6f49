"""Answers to accounts of Tier 1 and 2."""
