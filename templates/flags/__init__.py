"""Words of complaints and disputes of a contract."""
