"""The account of a ticket that was opened without one."""
