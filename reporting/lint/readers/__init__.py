"""Readers of files, one for each kind. They run in the limited child and know the standard library only."""
