"""Rules of the example."""
