"""Words of the card in a team's channel."""
