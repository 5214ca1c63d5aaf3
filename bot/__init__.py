"""The running process: wiring, intake, delivery, timers, command line. Nothing imports it."""
