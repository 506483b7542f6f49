"""A record as evidence: written whole into one file, and checked where no Bridgewatch is."""
