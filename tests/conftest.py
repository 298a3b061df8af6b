"""What many tests stand on: real servers, and a fresh database of each kind."""

import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from storage.database.migrate import migrate
from tests.read_once import read_once
from tests.servers import Postgres, Valkey

TEMPLATE = "satupintu_template"
numbers = count(1)

# How long an example takes is the machine's business: a busy one is no fault of what is tested.
settings.register_profile("any", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any")


@pytest.fixture(scope="session", autouse=True)
def _read_once() -> Iterator[None]:
    """Let tests share what is read of a district: reading it takes longer than most of them."""
    with pytest.MonkeyPatch.context() as patch:
        read_once(patch)
        yield


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """Give this test process's own PostgreSQL. Whoever stops it starts it again."""
    with Postgres() as server:
        server.run(f"CREATE DATABASE {TEMPLATE}")
        migrate(server.url(TEMPLATE))
        yield server


@pytest.fixture(scope="session")
def valkey() -> Iterator[Valkey]:
    """Give this test process's own Valkey."""
    with Valkey() as server:
        yield server


@pytest.fixture(scope="session")
def valkey_url(valkey: Valkey) -> str:
    """Give the URL of this test process's own Valkey."""
    return valkey.url()


@pytest.fixture
def postgres_url(postgres: Postgres) -> Iterator[str]:
    """Give the URL of a fresh, migrated PostgreSQL database."""
    name = f"satupintu_{next(numbers)}"
    postgres.run(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE} STRATEGY FILE_COPY")
    yield postgres.url(name)
    postgres.run(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a migrated, empty SQLite file to copy."""
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """Give the URL of a fresh, migrated SQLite file."""
    return f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'satupintu.db')}"


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """Give the URL of a fresh, migrated database: the test runs on both kinds."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url
