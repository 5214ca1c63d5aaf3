"""What every background loop needs: activity, looking, pausing, ending."""
