"""Commands and due points in, decided and kept, one transaction each."""
