"""What the parts that run in the background need: activity, looking, pausing, supervision, ending."""
