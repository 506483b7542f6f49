"""An account, as people of the desk see and change it."""
