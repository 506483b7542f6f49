"""The texts that leave without a second person."""
