"""Pages of reporting; each parses its address, checks, calls and renders."""
