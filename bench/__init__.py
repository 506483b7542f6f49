"""Measurements of the figures that this product promises, with real parts."""
