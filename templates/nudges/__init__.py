"""The question whether a contact's message is a report."""
