"""Calendar, durations, targets."""
