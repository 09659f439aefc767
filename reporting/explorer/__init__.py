"""The explorer: any indicators of any units in any periods as one table, on the page and as files."""
