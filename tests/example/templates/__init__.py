"""Words of the example."""
