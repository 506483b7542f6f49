"""The text on the public page, and who puts it there."""
