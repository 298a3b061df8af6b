"""What docs/district.md shows can be copied as it stands."""

import re
import shutil
from datetime import date
from pathlib import Path

from bot.district.reading import load, report

ROOT = Path(__file__).parents[3]
SERVICE = re.compile(r"```yaml\n(- code: .*?)```", re.DOTALL)


def test_the_service_that_is_shown_is_sound(tmp_path: Path) -> None:
    """Appended to a file of services it is found, and the check has nothing to say."""
    shown = SERVICE.search((ROOT / "docs/district.md").read_text())
    assert shown
    folder = Path(shutil.copytree(ROOT / "districts/contoh", tmp_path / "contoh"))
    with (folder / "services/rumah.yaml").open("a") as services:
        services.write(shown[1])
    assert report(folder, date(2026, 11, 23)) == ()
    assert "KURSI_RODA" in load(folder).services
