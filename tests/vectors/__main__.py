"""Makes the test vectors again: `python -m tests.vectors`."""

from pathlib import Path

from tests.vectors.making import make_all

if __name__ == "__main__":
    make_all(Path(__file__).parent)
