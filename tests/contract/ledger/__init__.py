"""What is done to the records shows, and what leaves with them can be checked elsewhere."""
