"""Released words that are held back, or may still be."""
