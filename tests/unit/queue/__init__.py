"""The queue: order, reasons, and what is read of it."""
