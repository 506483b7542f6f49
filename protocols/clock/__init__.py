"""Due points that have passed."""
