"""Words of tickets that are followed."""
