"""People who work with Headwater, their roles, and the keys of machines."""
