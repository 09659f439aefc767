"""Published reports: what is frozen, how it is published, how it differs from others and today."""
