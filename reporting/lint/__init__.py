"""Reads a text of anyone's making and finds what in it cannot be right.

Everything here but `checking` and `sentences` knows the standard library only, for it runs over files
that are not ours in a limited child process (`dxreport.lib.limited`). Nothing here knows the database.
"""
