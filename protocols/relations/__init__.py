"""Which tickets belong to which: of one account, linked, merged."""
