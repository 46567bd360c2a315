"""`python -m mailroom` is the command line."""

from mailroom.cli import main

if __name__ == "__main__":
    main()
