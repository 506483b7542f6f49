"""Words of one problem behind many tickets."""
