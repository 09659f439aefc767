"""Figures by workbook, both ways: templates to fill in, and what comes back in them.

`writing` makes a workbook for one unit's form or for many units at once; `reading` turns one that
came back into typed cells, the same that the form's inputs hold; `preview` says what saving them
would change; `marked` gives a faulty file back with its wrong cells in red. Nothing here writes to
the database: that is `collection.actions.uploads`.
"""
