"""What people press, type and submit in Slack, one file a subject."""
