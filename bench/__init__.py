"""Benchmarks, printed as ratios: `make bench`, or `python -m bench NAME ...` for some of them.

A ratio compares two things measured in turns on the same machine at the same time, so it
holds on a slow machine as on a fast one. To add a row, write a function in a module of
this folder that yields `Pair`s, and list it in `bench/__main__.py`. The database then
holds the demo province, and `/bench/one-query/` is the least a signed-in page can do:

    def dashboard() -> Iterator[Pair]:
        client = signed_in_client()
        yield Pair(
            name="dashboard / page of one query",
            subject=lambda: client.get("/"),
            baseline=lambda: client.get("/bench/one-query/"),
            limit=4,
        )

What the function does before it yields is preparation and is not measured; what it does
after is tidying up. Both callables should fail loudly (raise) rather than measure an error.
"""
