"""Several processes on one record: who is there, who leads, who serves which chat."""
