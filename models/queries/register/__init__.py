"""The register (buku register): cases, steps, chases and people in posts, as a stream of typed rows."""
