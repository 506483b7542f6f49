"""The desk behind the handlers' ports, one file a port."""
