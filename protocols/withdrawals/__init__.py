"""Released words that do not leave."""
