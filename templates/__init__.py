"""Every word that leaves, and the Python that turns words into Block Kit."""
