"""What the organs and the courts do together, and what is kept about heads in court."""
