"""What belongs to no ticket: help, lists, who is on duty."""
