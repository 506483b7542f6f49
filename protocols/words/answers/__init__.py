"""What a short answer of an account says, in ten languages: the words, and the rule that reads."""
