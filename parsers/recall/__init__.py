"""Reading a paper from the places that an accepted paper of its layout has taught."""
