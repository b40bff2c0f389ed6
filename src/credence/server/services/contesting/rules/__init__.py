"""What disputes are held to: clocks per jurisdiction, and the closed list of reasons."""
