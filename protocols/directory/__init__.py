"""Who is who, as people of the desk see and change it: an account, and its people."""
