"""What is asked of the database, one file a question; nothing here writes."""
