"""What the account wrote or said."""
