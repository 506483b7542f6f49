"""Outward words: written by one, released by another."""
