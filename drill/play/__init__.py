"""The drill as a rehearsal: scenarios, colleagues who act alone, a coach, a pace and a score."""
