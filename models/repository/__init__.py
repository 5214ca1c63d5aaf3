"""Finding and locking what one piece of work decides on."""
