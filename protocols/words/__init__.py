"""What may stand in words: numbers, names, language."""
