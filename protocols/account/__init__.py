"""The account, and the road to it."""
