import pytest

from tests.schools.province import Province, build


@pytest.fixture
def province(db: None) -> Province:
    return build()
