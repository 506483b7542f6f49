"""Words of a question to another team. No template that an account reads may show them."""
