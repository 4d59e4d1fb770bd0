"""A file that goes out: its name, and that no browser guesses what it is."""

from django.http import HttpResponse

from comptoir.analysis.documents import FORMATS, Document, write


def download(content: bytes, name: str, media_type: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type=media_type, headers=headers)


def as_file(document: Document, stem: str, suffix: str) -> HttpResponse:
    return download(write(document, suffix), f"{stem}.{suffix}", FORMATS[suffix].media_type)
