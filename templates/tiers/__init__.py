"""The tier: raised, lowered, asked for."""
