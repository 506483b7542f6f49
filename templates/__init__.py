"""Every word that leaves, and the Python that turns words into Block Kit."""

from templates.subjects import load

load()
