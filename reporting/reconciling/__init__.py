"""The same figure in every product: each product read back on its own and held against the exact numbers."""
