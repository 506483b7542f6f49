"""Leads and reviewers who are called."""
