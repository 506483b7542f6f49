"""What of Tier 1 and 2 goes to the escalation manager, who has it, and what the account reads."""
