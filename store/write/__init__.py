"""What is written, in the transaction of whoever decided it."""
