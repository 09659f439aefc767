"""How gunicorn serves, where the command line does not say otherwise; read from the folder it starts in."""

# Threads keep a reader's connections open: a page and its files come over a few instead of one each.
worker_class = "gthread"
workers = 2
threads = 4
keepalive = 15  # seconds
