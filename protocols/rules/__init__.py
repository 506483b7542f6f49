"""One file for each group of rules: a command goes in, events or a refusal come out."""
