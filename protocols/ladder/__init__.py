"""The steps of a tier's ladder."""
