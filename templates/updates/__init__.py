"""Updates to the account: written, reviewed, released, with it."""
