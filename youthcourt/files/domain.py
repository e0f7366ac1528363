"""What may be attached to a referral: photos and papers, told by their content."""

from __future__ import annotations

import hashlib
import re
import zlib
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO

from PIL import Image, ImageOps

from youthcourt.errors import CourtRuleBroken
from youthcourt.files.names import extension_of, safe_name

_IMAGE_FORMATS = ("JPEG", "PNG", "WEBP")
_JPEG_QUALITY = 92
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"hevc", b"heif", b"mif1", b"msf1", b"avif"})

_PDF_HEADER = re.compile(rb"%PDF-[12]\.\d")
_PDF_END_WITHIN = 2048
_PDF_ACTIVE = re.compile(
    rb"/(JavaScript|Launch|EmbeddedFiles?|RichMedia|XFA|ImportData|SubmitForm)(?![A-Za-z])"
)
_PDF_LOCKED = re.compile(rb"/Encrypt(?![A-Za-z])")
_PDF_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_PDF_OBJECT_STREAM = re.compile(rb"/ObjStm.{0,400}?stream\r?\n", re.DOTALL)
_PDF_UNPACKED = 20_000_000


class FileRefused(StrEnum):
    """The codes with which an attachment is refused."""

    EMPTY = "file_empty"
    TOO_LARGE = "file_too_large"
    KIND_NOT_ALLOWED = "file_kind_not_allowed"
    HEIC = "file_heic"
    NAME_SAYS_OTHERWISE = "file_name_says_otherwise"
    DAMAGED = "file_damaged"
    TOO_MANY_PIXELS = "file_too_many_pixels"
    ANIMATED = "file_animated"
    PDF_LOCKED = "file_pdf_locked"
    PDF_ACTIVE = "file_pdf_active"


class UploadKind(StrEnum):
    """The kinds of file that are kept."""

    PDF = "pdf"
    JPEG = "jpeg"
    PNG = "png"
    WEBP = "webp"


_CONTENT_TYPES = {
    UploadKind.PDF: "application/pdf",
    UploadKind.JPEG: "image/jpeg",
    UploadKind.PNG: "image/png",
    UploadKind.WEBP: "image/webp",
}
_EXTENSIONS = {
    UploadKind.PDF: (".pdf",),
    UploadKind.JPEG: (".jpg", ".jpeg", ".jpe", ".jfif"),
    UploadKind.PNG: (".png",),
    UploadKind.WEBP: (".webp",),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class UploadLimits:
    """The largest attachment: bytes, and pixels of a picture once unpacked."""

    max_bytes: int = 15_000_000
    max_pixels: int = 50_000_000


@dataclass(frozen=True, kw_only=True, slots=True)
class CheckedUpload:
    """An attachment that may be kept.

    ``data`` is what to keep: a picture drawn anew without its metadata, or the PDF as it came.
    ``size`` (bytes) and ``sha256`` (hexadecimal) speak of ``data``; ``received_sha256`` of the
    bytes that were brought, to recognise the same file brought twice.
    """

    kind: UploadKind
    content_type: str
    extension: str
    size: int
    sha256: str
    received_sha256: str
    safe_name: str
    data: bytes


_LIMITS = UploadLimits()


def check_upload(data: bytes, *, filename: str, limits: UploadLimits = _LIMITS) -> CheckedUpload:
    """Return the attachment as it may be kept, or raise CourtRuleBroken (a ``FileRefused``).

    The kind is told by the content and must agree with the extension of the name, if it has one.
    A picture is decoded whole and drawn anew: that proves it is one, turns it upright, and drops
    place, time, device, thumbnail and anything hung behind it.

    A PDF is not parsed.  It must begin and end like one, must not be encrypted (nobody could
    check or open it later), and must not carry scripts, programs to launch, attached files,
    media, or forms that send or load data: a paper has no use for those, a trap has.  They are
    looked for by name in the file and in its compressed object streams.  This stops what is
    common, not everything: attachments are always served as downloads, never shown in the page.
    """
    if not data:
        raise CourtRuleBroken(FileRefused.EMPTY)
    if len(data) > limits.max_bytes:
        raise CourtRuleBroken(FileRefused.TOO_LARGE, size=len(data), limit=limits.max_bytes)
    kind = _kind_of(data)
    extension = extension_of(filename)
    if extension and extension not in _EXTENSIONS[kind]:
        raise CourtRuleBroken(FileRefused.NAME_SAYS_OTHERWISE, named=extension[:20], found=kind)
    if kind is UploadKind.PDF:
        _check_pdf(data)
        kept = data
    else:
        kept = _redrawn(data, kind, limits)
    return CheckedUpload(
        kind=kind,
        content_type=_CONTENT_TYPES[kind],
        extension=_EXTENSIONS[kind][0],
        size=len(kept),
        sha256=hashlib.sha256(kept).hexdigest(),
        received_sha256=hashlib.sha256(data).hexdigest(),
        safe_name=safe_name(filename, extension=_EXTENSIONS[kind][0]),
        data=kept,
    )


def _kind_of(data: bytes) -> UploadKind:
    """Return the kind the first bytes tell, or raise."""
    if data.startswith(b"\xff\xd8\xff"):
        return UploadKind.JPEG
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return UploadKind.PNG
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return UploadKind.WEBP
    if _PDF_HEADER.match(data):
        return UploadKind.PDF
    if data[4:8] == b"ftyp" and data[8:12] in _HEIC_BRANDS:
        raise CourtRuleBroken(FileRefused.HEIC)
    raise CourtRuleBroken(FileRefused.KIND_NOT_ALLOWED)


# --- pictures -----------------------------------------------------------------------------------


def _redrawn(data: bytes, kind: UploadKind, limits: UploadLimits) -> bytes:
    """Return the picture upright and without metadata, in the kind it came in."""
    try:
        with Image.open(BytesIO(data), formats=_IMAGE_FORMATS) as picture:
            _check_picture(picture, kind, limits)
            picture.load()
            return _encoded(ImageOps.exif_transpose(picture), kind)
    except CourtRuleBroken:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise CourtRuleBroken(FileRefused.TOO_MANY_PIXELS, limit=limits.max_pixels) from error
    except Exception as error:
        # Decoders raise whatever a damaged file makes them stumble over.
        raise CourtRuleBroken(FileRefused.DAMAGED) from error


def _check_picture(picture: Image.Image, kind: UploadKind, limits: UploadLimits) -> None:
    """Raise for a picture too large to unpack or made of several frames, before unpacking it."""
    pixels = picture.width * picture.height
    if pixels > limits.max_pixels:
        raise CourtRuleBroken(FileRefused.TOO_MANY_PIXELS, pixels=pixels, limit=limits.max_pixels)
    # Phones hang a preview or a second view into a JPEG; the first picture is the photo.
    if kind is not UploadKind.JPEG and getattr(picture, "n_frames", 1) > 1:
        raise CourtRuleBroken(FileRefused.ANIMATED)


def _encoded(picture: Image.Image, kind: UploadKind) -> bytes:
    """Return the bare pixels encoded anew; nothing else of the file is carried over."""
    if picture.mode.startswith("I"):
        # Scanners write 16-bit greys, which are cut off, not scaled, unless asked.
        picture = picture.convert("I").point(lambda grey: grey * (1 / 256)).convert("L")
    transparent = picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info
    wanted = "RGBA" if transparent and kind is not UploadKind.JPEG else "RGB"
    if picture.mode == "L":
        wanted = "L"
    pixels = picture.convert(wanted)
    pixels.info = {}
    out = BytesIO()
    if kind is UploadKind.JPEG:
        pixels.save(out, "JPEG", quality=_JPEG_QUALITY, optimize=True)
    elif kind is UploadKind.PNG:
        pixels.save(out, "PNG", optimize=False)
    else:
        pixels.save(out, "WEBP", quality=_JPEG_QUALITY)
    return out.getvalue()


# --- papers -------------------------------------------------------------------------------------


def _check_pdf(data: bytes) -> None:
    """Raise for a PDF that is cut off, locked or carries more than paper."""
    tail = data[-_PDF_END_WITHIN:]
    if b"%%EOF" not in tail or b"startxref" not in data:
        raise CourtRuleBroken(FileRefused.DAMAGED)
    for part in (data, *_object_streams(data)):
        # A name may be written with escapes: /Java#53cript.
        plain = _PDF_ESCAPE.sub(lambda found: bytes([int(found.group(1), 16)]), part)
        if _PDF_LOCKED.search(plain):
            raise CourtRuleBroken(FileRefused.PDF_LOCKED)
        active = _PDF_ACTIVE.search(plain)
        if active:
            raise CourtRuleBroken(FileRefused.PDF_ACTIVE, what=active.group(1).decode("ascii"))


def _object_streams(data: bytes) -> list[bytes]:
    """Return the compressed object streams, unpacked up to a bound on their total size."""
    streams: list[bytes] = []
    left = _PDF_UNPACKED
    for found in _PDF_OBJECT_STREAM.finditer(data):
        engine = zlib.decompressobj()
        try:
            end = data.find(b"endstream", found.end())
            packed = data[found.end() : end if end >= 0 else len(data)]
            unpacked = engine.decompress(packed, left)
        except zlib.error:
            # Not deflated, or not really a stream; the names were looked for as they stand.
            continue
        streams.append(unpacked)
        left -= len(unpacked)
        if left <= 0:
            raise CourtRuleBroken(FileRefused.TOO_LARGE, size=_PDF_UNPACKED, limit=_PDF_UNPACKED)
    return streams
