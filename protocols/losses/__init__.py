"""Who and what a ticket counted on, and is gone."""
