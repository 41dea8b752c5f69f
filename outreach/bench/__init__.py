"""How fast this machine is, as ratios to its own limits. Everything is temporary; no configured database is touched."""
