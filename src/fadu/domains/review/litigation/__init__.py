"""行政应诉: the house's organ as defendant, one case for each instance."""
