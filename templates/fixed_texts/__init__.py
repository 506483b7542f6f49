"""Texts that one press sends."""
