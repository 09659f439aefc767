import pytest

from tests.province import Province, build_province


@pytest.fixture
def province(db: None) -> Province:
    """The small province of tests/province.py, with 2022 and 2023 open."""
    return build_province()
