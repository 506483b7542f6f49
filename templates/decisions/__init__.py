"""What an executive is asked to decide."""
