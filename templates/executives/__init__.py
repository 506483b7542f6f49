"""Executives and third parties who are told."""
