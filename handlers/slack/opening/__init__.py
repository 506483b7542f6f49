"""The form **Open a ticket**: what stands in it, what it shows, what becomes of it."""
