"""What the account writes and says."""
