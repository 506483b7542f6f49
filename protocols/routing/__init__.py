"""Which team has a ticket, by its category, its account and the rows of the policy."""
