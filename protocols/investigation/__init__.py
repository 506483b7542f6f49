"""What is found inside: scope, findings, exposure."""
