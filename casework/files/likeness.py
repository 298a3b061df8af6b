"""What a photo looks like from afar, so that one that was barely changed is known again.

A difference hash: whether each of 16 x 16 patches is lighter than its neighbour. It is cut into
stripes of eight patches, which are compared as wholes, so that the database can hold macs of them.
Stripes without any contrast (sky, walls, night) say nothing and are left out.
"""

from collections.abc import Iterator

from PIL import Image

PATCHES = 16
STRIPE = 8  # patches
MARGIN = 3  # of 255, by which a patch must be lighter: less is noise
ENOUGH = 12  # stripes with contrast, below which a photo has no look of its own
ALIKE = 0.75  # of a photo's stripes are the same: the same picture, drawn or cut a little anew


def look_of(photo: Image.Image) -> tuple[str, ...]:
    """Return the stripes of *photo* by their place; none where it has too little contrast."""
    small = photo.convert("L").resize((PATCHES + 1, PATCHES), Image.Resampling.BOX)
    stripes = tuple(_stripes(small.tobytes()))
    return stripes if len(stripes) >= ENOUGH else ()


def alike_from(stripes: int) -> int:
    """Return how many of a photo's *stripes* another must share to be called the same."""
    return max(round(stripes * ALIKE), 1)


def _stripes(grey: bytes) -> Iterator[str]:
    for row in range(PATCHES):
        line = grey[row * (PATCHES + 1) : (row + 1) * (PATCHES + 1)]
        steps = "".join("1" if line[x + 1] > line[x] + MARGIN else "0" for x in range(PATCHES))
        for start in range(0, PATCHES, STRIPE):
            stripe = steps[start : start + STRIPE]
            if len(set(stripe)) > 1:
                yield f"{row}:{start}:{stripe}"
