"""The invariants of business time and of a ticket's clocks, I1 to I24."""
