"""The one contact who faces the account."""
