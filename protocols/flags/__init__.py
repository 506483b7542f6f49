"""What a matter is beside its category: a complaint, a dispute of the contract."""
