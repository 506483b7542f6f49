"""Who is who: directory, duties, swaps."""
