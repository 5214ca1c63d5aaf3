"""What officials and the JFT Prakom do on their cards."""
