"""Scope, findings, isolation, exposure."""
