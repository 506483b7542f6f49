"""One problem behind many tickets: its resolution answers them."""
