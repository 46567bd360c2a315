"""People's pages: sign in, see what came, decide."""
