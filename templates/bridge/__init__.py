"""The bridge's channel and the few people in it."""
