"""What shows a ticket as a whole: cards, briefs, certificate."""
