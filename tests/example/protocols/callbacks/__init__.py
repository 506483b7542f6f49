"""Calls that an account was promised."""
