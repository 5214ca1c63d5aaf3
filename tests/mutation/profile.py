"""A pytest plugin for runs on mutants, of which there are thousands, each in a process of its own.

Of the examples of Hypothesis one that fails is enough, however large it is. What the code imports late is imported now,
before the processes part.
"""

from importlib import import_module

from hypothesis import Phase, settings

import_module("holidays.countries")

settings.register_profile(
    "mutation", parent=settings.get_profile("ci"), phases=(Phase.explicit, Phase.reuse, Phase.generate)
)
