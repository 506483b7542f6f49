"""The one who faces the account."""
