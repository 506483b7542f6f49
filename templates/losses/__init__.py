"""Who and what is gone."""
