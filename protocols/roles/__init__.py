"""The seats on a bridge."""
