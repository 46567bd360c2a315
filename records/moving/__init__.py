"""Records that move in and out: the register of schools, history from other systems, transfer bundles, everything."""
