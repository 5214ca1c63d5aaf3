"""What every update meets first: the desk, the incoming message, what is expected next."""
