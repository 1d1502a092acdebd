"""`python -m desktop` is `inkstone`."""

from desktop.cli import main

if __name__ == "__main__":
    main()
