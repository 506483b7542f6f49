"""The seats of a bridge: who is asked, who has one."""
