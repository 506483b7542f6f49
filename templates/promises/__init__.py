"""When the account hears next."""
