"""What is said of a ticket that is escalated: inside, and once to its account."""
