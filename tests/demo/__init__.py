"""The demonstration house: built through the real doors, the same every time, as its page says."""
