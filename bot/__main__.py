"""`python -m bot` is the command `disposisi`."""

from bot.cli.main import main

if __name__ == "__main__":
    main()
