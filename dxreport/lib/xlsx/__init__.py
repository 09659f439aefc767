"""Reading .xlsx files that are not ours: the standard library only, for it runs in the limited child."""
