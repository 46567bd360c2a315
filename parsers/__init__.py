"""What a paper says: bytes in, readings with evidence out. No database, no network, no clock."""
