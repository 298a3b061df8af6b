"""What is installed without a work tree is whole."""

import tomllib

import pytest
import yaml

from tests.house import tree

SETUPTOOLS = tomllib.loads(tree.text("pyproject.toml"))["tool"]["setuptools"]


@pytest.mark.parametrize("room", tree.ROOMS)
def test_every_file_of_a_room_is_packed(room: str) -> None:
    """Wording, templates, migrations and rows travel with the code that reads them."""
    patterns = SETUPTOOLS["package-data"]["*"]
    packed = {found for pattern in patterns for found in (tree.ROOT / room).glob(pattern)}
    present = {f for f in tree.files() if f.startswith(f"{room}/") and not f.endswith(".py")}
    assert not {f for f in present if tree.ROOT / f not in packed}


@pytest.mark.parametrize("room", tree.ROOMS)
def test_every_room_is_a_package(room: str) -> None:
    """No folder with code in it is left out for want of an __init__.py."""
    assert f"{room}*" in SETUPTOOLS["packages"]["find"]["include"]
    folders = {path.rsplit("/", 1)[0] for path in tree.python(room)}
    assert not {folder for folder in folders if f"{folder}/__init__.py" not in tree.files()}


def test_processes_in_containers_share_what_they_keep() -> None:
    """A photo that one process shelved lies where every other looks for it."""
    compose = yaml.safe_load(tree.text("compose.yaml"))
    ours = [one for one in compose["services"].values() if one["image"] == "satupintu"]
    folders = {tuple(one["volumes"]) for one in ours}
    assert folders == {("kept:/var/lib/satupintu",)}
    assert "kept" in compose["volumes"]
    assert "SATUPINTU_DATA_DIR=/var/lib/satupintu" in tree.text("Dockerfile")
