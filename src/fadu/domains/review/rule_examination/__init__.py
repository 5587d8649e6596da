"""附带审查: the rule behind an act under reconsideration is examined in a case of its own."""
