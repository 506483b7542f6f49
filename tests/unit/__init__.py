"""Small pieces, each alone."""
