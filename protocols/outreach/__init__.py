"""The accounts that are impacted."""
