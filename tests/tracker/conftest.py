import pytest

from tracker import fetching

from .space_server import space_server


@pytest.fixture
def space(settings, monkeypatch):
    """Stands for all sources. Pauses between tries take no time, and are noted."""
    with space_server() as space:
        settings.SATELLITES_URL = f"{space.address}/gp.php"
        settings.LAUNCHES_URL = f"{space.address}/launches/upcoming/"
        monkeypatch.setattr(fetching, "pause", space.pauses.append)
        yield space
