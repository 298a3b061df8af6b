"""Settings from the environment."""

from pathlib import Path

import pytest

from bot.settings import Settings, SettingsError, read, strangers


def test_defaults_need_nothing() -> None:
    """An empty environment gives a server on this machine, with SQLite under DATA_DIR."""
    found = read({})

    assert found == Settings()
    assert found.database == f"sqlite:///{Path('var') / 'satupintu.db'}"
    assert found.address == "http://127.0.0.1:8080"


def test_every_kind_of_setting_is_read() -> None:
    """Numbers, paths, switches and choices come from text; an empty text is no setting."""
    found = read(
        {
            "SATUPINTU_PORT": "9000",
            "SATUPINTU_DATA_DIR": "/srv/pintu",
            "SATUPINTU_DEMO": "1",
            "SATUPINTU_TELEGRAM_RATE": "0",
            "SATUPINTU_LOG_FORMAT": "json",
            "SATUPINTU_KEY": "",
            "PORT": "1",
        }
    )

    assert (found.port, found.data_dir, found.demo) == (9000, Path("/srv/pintu"), True)
    assert (found.telegram_rate, found.log_format, found.key) == (0, "json", "")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("SATUPINTU_PORT", "Expected `int`, got `str`"),
        ("SATUPINTU_TELEGRAM_MODE", "must be one of webhook, polling, off"),
        ("SATUPINTU_REGISTRY", "must be one of local"),
    ],
)
def test_a_bad_setting_is_named(name: str, told: str) -> None:
    """What cannot be read is refused with the setting's own name, and what it may be."""
    with pytest.raises(SettingsError, match=f"^{name}: {told}$"):
        read({name: "seribu"})


def test_unknown_settings_are_told_and_not_fatal() -> None:
    """Names of a later version are listed, so that a typo does not stay unseen."""
    assert strangers({"SATUPINTU_SMTP_ADDRESS": "x", "SATUPINTU_PORT": "1", "HOME": "/"}) == (
        "SATUPINTU_SMTP_ADDRESS",
    )


def test_settings_print_without_secrets() -> None:
    """Whoever logs the settings logs no token and no key."""
    found = Settings(key="rahasia", telegram_token="rahasia", telegram_secret="rahasia")

    assert "rahasia" not in repr(found)
