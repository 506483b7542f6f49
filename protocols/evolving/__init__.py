"""How each kind of event changes a ticket; ``protocols.evolve`` is the door."""
