"""Post in: receiving, keeping, opening and reading messages, until a draft lies in front of a person."""
