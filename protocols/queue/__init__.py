"""The queue: every open ticket in its order, each with the reason why it stands where it does."""
