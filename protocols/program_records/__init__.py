"""What other systems know of an account's dealings, and which of it a ticket is about."""
