"""What is fast, as ratios against named references that are measured in the same run. Each has one command."""
