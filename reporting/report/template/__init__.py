"""The Word template of reports: what it may say, how it is checked, how it is filled.

Nothing here knows Django or the rest of this house: it also runs in the limited child that looks at a
template somebody sent.
"""
