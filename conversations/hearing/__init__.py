"""What is heard in a message: words, choices, alarms, however they are spelt."""
