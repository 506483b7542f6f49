"""Ways in of the example."""
