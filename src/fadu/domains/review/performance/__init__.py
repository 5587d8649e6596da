"""What follows a reconsideration: performance, enforcement, letters of suggestion, reports of correction."""
