"""The account: the road to it, and what goes there."""
