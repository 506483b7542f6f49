"""What an account writes in its shared channel, heard as a report. Source: M16."""
