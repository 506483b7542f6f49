"""What must be told after a change: events go in, effects come out."""
