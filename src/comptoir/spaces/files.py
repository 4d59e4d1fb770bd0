"""Files of a space: what comes in is measured, and pictures are made again from their pixels."""

import io

from PIL import Image, ImageOps, UnidentifiedImageError

from comptoir.analysis.errors import InputError
from comptoir.analysis.tables import Format, format_of
from comptoir.kit import files
from comptoir.kit.errors import Invalid
from comptoir.spaces.models import Space, StoredFile

LOGO_SIDE = 600
PICTURE_SIDE = 1600
MAX_PICTURE = 15 * 1024 * 1024
MAX_PIXELS = Image.MAX_IMAGE_PIXELS = 40_000_000  # Pillow itself refuses twice as many
PICTURES = frozenset({"image/png", "image/jpeg"})  # what `picture` makes: the only ones shown in a page
_PICTURE_MARKS = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"RIFF")
_DOCUMENTS = {
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.XLS: "application/vnd.ms-excel",
    Format.ODS: "application/vnd.oasis.opendocument.spreadsheet",
    Format.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Format.ODT: "application/vnd.oasis.opendocument.text",
    Format.TEXT: "text/plain",
}


def keep(*, space: Space, content: bytes, name: str, media_type: str) -> StoredFile:
    """Store a file of this space. The same content with the same name is one row."""
    digest = files.put(content)
    found = StoredFile.objects.filter(space=space, digest=digest, name=name[:200]).first()
    return found or StoredFile.objects.create(
        space=space, digest=digest, name=name[:200], media_type=media_type, size=len(content)
    )


def keep_upload(*, space: Space, content: bytes, name: str) -> StoredFile:
    """Store what a person hands over: a picture drawn again, or a document (PDF, office, text) as it is.

    The type is told by the content, never by the sender. Raises Invalid for anything else, one sentence each.
    """
    if content.startswith(_PICTURE_MARKS):
        drawn, media_type = picture(content)
        suffix = media_type.removeprefix("image/").replace("jpeg", "jpg")
        stem = name.rsplit(".", 1)[0][:190] or "image"
        return keep(space=space, content=drawn, name=f"{stem}.{suffix}", media_type=media_type)
    if content.startswith(b"%PDF-"):
        return keep(space=space, content=content, name=name, media_type="application/pdf")
    try:
        media_type = _DOCUMENTS[format_of(content, name)]
        if media_type == "text/plain" and b"\0" in content:
            raise InputError("ce fichier n'est ni une image, ni un document que Comptoir garde.")
    except InputError as error:
        raise Invalid(str(error), field="file") from error
    return keep(space=space, content=content, name=name, media_type=media_type)


def picture(content: bytes, *, side: int = PICTURE_SIDE) -> tuple[bytes, str]:
    """A picture drawn again from its pixels, at most `side` px, and its media type: JPEG, or PNG where it lets through.

    Nothing is left of where, when and with what it was taken. Raises Invalid when it is not one that we can read.
    """
    if len(content) > MAX_PICTURE:
        raise Invalid(f"Cette image dépasse {MAX_PICTURE // 1024 // 1024} Mo : réduisez-la.", field="file")
    drawn = _drawn(content, "file")
    drawn.thumbnail((side, side))
    out = io.BytesIO()
    lowest, _ = drawn.getchannel("A").getextrema()
    if lowest != 255:
        drawn.save(out, "PNG", optimize=True)
        return out.getvalue(), "image/png"
    drawn.convert("RGB").save(out, "JPEG", quality=85, optimize=True, progressive=True)
    return out.getvalue(), "image/jpeg"


def logo_png(content: bytes) -> bytes:
    """A picture sent by a person, drawn again as a PNG of at most 600 px: no metadata, no hidden content.

    Raises Invalid with one sentence when it is not a picture that we can read.
    """
    drawn = _drawn(content, "logo")
    drawn.thumbnail((LOGO_SIDE, LOGO_SIDE))
    out = io.BytesIO()
    drawn.save(out, "PNG", optimize=True)
    return out.getvalue()


def _drawn(content: bytes, field: str) -> Image.Image:
    """The pixels alone, upright, with their transparency."""
    try:
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG", "WEBP")) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise Image.DecompressionBombError
            upright = ImageOps.exif_transpose(picture).convert("RGBA")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Invalid("Cette image est trop grande : réduisez-la à 2000 points de côté.", field=field) from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:  # Pillow's word for a broken PNG
        raise Invalid("Ce fichier n'est pas une image PNG, JPEG ou WebP lisible.", field=field) from error
    bare = Image.new("RGBA", upright.size)
    bare.paste(upright)  # a copy of pixels: profiles and comments stay behind
    return bare
