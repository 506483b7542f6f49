"""Words for an account on their way: written in forms, reviewed, released."""
