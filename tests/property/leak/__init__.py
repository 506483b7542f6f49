"""Random histories of the rules alone, with real words: nothing internal is in what leaves."""
