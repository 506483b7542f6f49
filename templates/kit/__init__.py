"""The notation, Block Kit, its limits, and the tables that subjects fill."""
