"""What we ask an account for, and the clocks that wait for its answer."""
