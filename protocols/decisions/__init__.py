"""Decisions that are asked of executives."""
