"""Who hears what becomes of a ticket without being on it."""
