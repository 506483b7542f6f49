"""What one of us is told together: its words."""
