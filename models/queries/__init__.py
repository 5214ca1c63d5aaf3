"""Reading for lists and screens, without a lock."""
