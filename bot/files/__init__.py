"""The files that say who is who and what holds: read with their lines, or refused."""
