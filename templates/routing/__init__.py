"""Words of a ticket's team, category and severity."""
