"""A pytest plugin with the Hypothesis profile for mutants: an example that fails is enough, however large it is."""

from hypothesis import Phase, settings

settings.register_profile(
    "mutation", parent=settings.get_profile("ci"), phases=(Phase.explicit, Phase.reuse, Phase.generate)
)
