"""Facts, rules and storage: what the body knows, who may do what, and what happened when."""
