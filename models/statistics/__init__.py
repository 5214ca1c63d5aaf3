"""Statistics: what is counted of closed tasks, on whom a delay is booked, and the figures that come of it."""
