"""One file per group of pages; each handler turns a request into one act or one question of records."""
