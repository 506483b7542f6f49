"""Words of records that a ticket is about. No template that an account reads may show them."""
