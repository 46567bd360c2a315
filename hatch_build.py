"""Build hook: compiles the front-end assets into web/static. Also run by `make assets`."""
