"""QR codes, drawn here: no letter leaves the machine."""

import segno


def qr(text: str) -> str:
    """The QR code of a text, as the source of a picture."""
    return segno.make(text, error="m").svg_data_uri(scale=5, border=2, light="#fff")
