"""Where one area lies in another."""


def within(area: str, around: str) -> bool:
    """Tell whether the place with code *area* lies in that of code *around*: codes nest."""
    return area == around or area.startswith(f"{around}.")
