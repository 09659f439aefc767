"""The summary report: one content, written from figures and an outline, in three formats."""
