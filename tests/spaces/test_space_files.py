"""Files of a space: kept once, and pictures drawn again from their pixels."""

import io
import random
import struct
import zlib
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from comptoir.kit import files as store
from comptoir.kit.errors import Invalid
from comptoir.spaces.files import LOGO_SIDE, keep, logo_png
from comptoir.spaces.models import Space, StoredFile

UNREADABLE = "Ce fichier n'est pas une image PNG, JPEG ou WebP lisible."
SCRIPT = b"<script>alert(document.cookie)</script>"


def picture(kind: str = "PNG", size: tuple[int, int] = (60, 40), mode: str = "RGB", **options: object) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, "teal" if mode != "1" else 1).save(out, kind, **options)
    return out.getvalue()


def drawn(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(logo_png(content)))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_picture_comes_out_as_a_png_that_looks_the_same(kind: str) -> None:
    logo = drawn(picture(kind))
    assert (logo.format, logo.mode, logo.size) == ("PNG", "RGBA", (60, 40))
    red, green, blue, alpha = logo.getpixel((30, 20))
    assert alpha == 255
    assert max(abs(red - 0), abs(green - 128), abs(blue - 128)) < 12


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGBA", "LA", "I;16"])
def test_every_kind_of_pixel_is_understood(mode: str) -> None:
    out = io.BytesIO()
    Image.new(mode, (20, 20)).save(out, "PNG")
    assert drawn(out.getvalue()).size == (20, 20)


def test_a_printers_jpeg_is_understood() -> None:
    assert drawn(picture("JPEG", mode="CMYK")).mode == "RGBA"


def test_a_large_picture_is_reduced_in_proportion() -> None:
    assert drawn(picture(size=(2400, 600))).size == (LOGO_SIDE, LOGO_SIDE // 4)
    assert drawn(picture(size=(30, 30))).size == (30, 30), "a small one is not blown up"


def test_nothing_is_left_of_where_and_by_whom_a_picture_was_taken() -> None:
    exif = Image.Exif()
    exif[0x010E] = "Devant chez Samira"  # ImageDescription
    exif[0x0112] = 6  # Orientation: turned by a quarter
    place = exif.get_ifd(0x8825)  # GPS
    place[1], place[2] = "N", (43.0, 55.0, 21.0)
    content = picture("JPEG", exif=exif, comment="photo de Samira")
    assert b"Samira" in content
    assert Image.open(io.BytesIO(content)).getexif().get_ifd(0x8825)
    logo = drawn(content)
    assert logo.size == (40, 60), "the turn that the camera noted is made"
    assert dict(logo.getexif()) == {}
    assert set(logo.info) == set()
    assert b"Samira" not in logo_png(content)


def test_what_hides_in_or_behind_a_picture_does_not_come_out() -> None:
    text = b"Comment\x00" + SCRIPT
    chunk = struct.pack(">I", len(text)) + b"tEXt" + text + struct.pack(">I", zlib.crc32(b"tEXt" + text))
    png = picture()
    for content in (png + SCRIPT, png[:33] + chunk + png[33:], picture("JPEG") + SCRIPT, png + b"PK\x03\x04archive"):
        out = logo_png(content)
        assert b"script" not in out
        assert not out.rstrip(b"\x00").endswith(b"archive")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"des mots",
        SCRIPT,
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>',
        b"GIF89a" + bytes(200),
        b"\x89PNG\r\n\x1a\n" + bytes(200),
        picture()[:60],
        picture("JPEG", (300, 300))[:200],
        picture("BMP"),
        picture("GIF"),
        picture("TIFF"),
    ],
    ids=["empty", "words", "script", "svg", "gif-head", "png-head", "cut-png", "cut-jpeg", "bmp", "gif", "tiff"],
)
def test_what_is_not_a_picture_of_ours_is_one_sentence(content: bytes) -> None:
    with pytest.raises(Invalid) as refused:
        logo_png(content)
    assert (str(refused.value), refused.value.field) == (UNREADABLE, "logo")


@pytest.mark.parametrize("size", [(50_000, 50_000), (9_000, 9_000), (6_400, 6_400)])
def test_a_picture_that_would_fill_the_memory_is_refused_before_it_is_drawn(size: tuple[int, int]) -> None:
    """A few kilobytes that announce millions of pixels: only the announcement is read."""
    with pytest.raises(Invalid) as refused:
        logo_png(announcing(*size))
    assert "trop grande" in str(refused.value)


def announcing(width: int, height: int) -> bytes:
    """A PNG of which the header is true and the pixels are missing."""
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    data = zlib.compress(bytes(100))
    parts = ((b"IHDR", head), (b"IDAT", data), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in parts
    )


SAMPLES = [picture(), picture("JPEG", (40, 40)), picture("WEBP"), picture(mode="P")]


# What Pillow says of damaged notes about a picture; those notes are dropped.
@pytest.mark.filterwarnings("ignore:Corrupt EXIF:UserWarning", "ignore:Tag data larger:UserWarning")
@pytest.mark.filterwarnings("ignore:Invalid APNG:UserWarning")
@settings(max_examples=150)
@given(
    sample=st.sampled_from(SAMPLES),
    changes=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), min_size=1, max_size=6),
    cut=st.floats(0.2, 1),
)
def test_a_damaged_picture_is_a_picture_or_one_sentence(
    sample: bytes, changes: list[tuple[float, int]], cut: float
) -> None:
    damaged = bytearray(sample)
    for where, value in changes:
        damaged[int(where * (len(damaged) - 1))] = value
    with suppress(Invalid):
        assert logo_png(bytes(damaged[: int(len(damaged) * cut) or 1])).startswith(b"\x89PNG")


def test_a_png_broken_in_the_middle_of_its_pixels_is_one_sentence() -> None:
    noise = Image.frombytes("L", (64, 64), random.Random(7).randbytes(64 * 64))
    out = io.BytesIO()
    noise.save(out, "PNG")
    png, start = out.getvalue(), out.getvalue().index(b"IDAT")
    broken = png[: start - 4] + struct.pack(">I", 500) + png[start : start + 504]  # the pixels end too early
    broken += bytes(4) + struct.pack(">I", 3) + b"\xf6,::" + png[start + 504 :]
    with pytest.raises(Invalid):
        logo_png(broken)


@pytest.mark.django_db
def test_a_file_is_one_row_by_content_and_name(space: Space, stranger: object) -> None:
    first = keep(space=space, content=b"a;b", name="notes.csv", media_type="text/csv")
    again = keep(space=space, content=b"a;b", name="notes.csv", media_type="text/csv")
    renamed = keep(space=space, content=b"a;b", name="autres.csv", media_type="text/csv")
    elsewhere = keep(
        space=Space.objects.get(slug="autre-rive"), content=b"a;b", name="notes.csv", media_type="text/csv"
    )
    assert first == again
    assert len({first.pk, renamed.pk, elsewhere.pk}) == 3
    assert {f.digest for f in StoredFile.objects.all()} == {first.digest}
    assert (first.size, store.get(first.digest)) == (3, b"a;b")


@pytest.mark.django_db
def test_a_name_too_long_is_cut_and_still_one_row(space: Space) -> None:
    name = "n" * 300 + ".csv"
    first, again = (keep(space=space, content=b"a", name=name, media_type="text/csv") for _ in range(2))
    assert first == again
    assert first.name == "n" * 200
