"""Where `disposisi` begins.

It ends with 0 when all is well, 1 when something is wrong that it names, 2 when it was asked the wrong way.
"""

import sys
from collections.abc import Sequence

from bot.cli import console
from bot.cli.commands import app
from bot.stopped import Stopped
from models.rules.errors import InvalidDocument


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and end the process; what its reader can mend is told in a sentence, without a traceback."""
    try:
        app(args=arguments, prog_name="disposisi")
    except (Stopped, InvalidDocument) as error:
        for line in str(error).splitlines():
            console.fail(line)
        sys.exit(1)
