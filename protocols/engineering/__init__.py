"""The loop to Engineering on Tier 2: who is asked, who is on it, where its own ticket is."""
