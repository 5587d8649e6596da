"""行政赔偿 by an application to the organ that is bound to compensate."""
