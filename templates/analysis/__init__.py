"""The written analysis."""
