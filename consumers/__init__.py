"""What comes in from outside: registers (台账) and, on a server, messages."""
