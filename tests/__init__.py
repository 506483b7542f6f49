"""The proof: unit, property, golden, contract, journeys, crash, browser, architecture."""
