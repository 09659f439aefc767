"""The demo province in a database made for the measurement and removed afterwards."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO

from django.conf import settings
from django.core.management import call_command
from django.template import Template
from django.test.utils import get_runner, setup_test_environment, teardown_test_environment


@contextmanager
def demo_province() -> Iterator[None]:
    """Within it the default database holds the catalogue and the demo province; DEBUG is off."""
    rendering = getattr(Template, "_render")  # noqa: B009
    setup_test_environment(debug=False)
    # The tests' rendering copies every context for whoever asks; readers pay for no such thing.
    setattr(Template, "_render", rendering)  # noqa: B010
    settings.TEST_FOLDER.mkdir(exist_ok=True)
    runner = get_runner(settings)(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    try:
        for command in ("load_catalogue", "load_demo"):
            call_command(command, stdout=StringIO())
        yield
    finally:
        runner.teardown_databases(databases)
        teardown_test_environment()
        shutil.rmtree(settings.TEST_FOLDER, ignore_errors=True)
