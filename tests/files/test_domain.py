"""Attachments: what is kept, what is taken out of it, and what is refused."""

from __future__ import annotations

import hashlib
import io
import struct
import unicodedata
import zipfile
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from youthcourt.errors import CourtRuleBroken
from youthcourt.files.domain import FileRefused, UploadKind, UploadLimits, check_upload
from youthcourt.files.names import LONGEST_NAME, safe_name

ORIENTATION = 0x0112
PLACE = 0x8825
MAKER = 0x010F
FORMATS = {UploadKind.JPEG: "JPEG", UploadKind.PNG: "PNG", UploadKind.WEBP: "WEBP"}
PAPER = (
    b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R @@ >>\nendobj\n"
    b"trailer\n<< /Root 1 0 R >>\nstartxref\n9\n%%EOF\n"
)


def picture(kind=UploadKind.JPEG, *, mode="RGB", size=(40, 20), **extra):
    """Return a picture, left half black and right half white."""
    image = Image.new(mode, size, "white")
    image.paste(Image.new(mode, (size[0] // 2, size[1]), "black"), (0, 0))
    out = io.BytesIO()
    image.save(out, FORMATS[kind], **extra)
    return out.getvalue()


def grey_at(image, x, y) -> int:
    """Return how light one dot is, 0 to 255."""
    dots: bytes = image.convert("L").tobytes()
    return int(dots[y * image.width + x])


def paper(extra=b""):
    return PAPER.replace(b"@@", extra)


def refused(data, filename="file", **how):
    with pytest.raises(CourtRuleBroken) as refusal:
        check_upload(data, filename=filename, **how)
    return refusal.value


@pytest.mark.parametrize(
    ("kind", "content_type", "extension"),
    [
        (UploadKind.JPEG, "image/jpeg", ".jpg"),
        (UploadKind.PNG, "image/png", ".png"),
        (UploadKind.WEBP, "image/webp", ".webp"),
    ],
)
def test_pictures_are_known_by_content_and_drawn_anew(kind, content_type, extension):
    """What is kept is a picture of the same kind and size, with its own digest."""
    data = picture(kind)
    upload = check_upload(data, filename=f"Photo 1{extension.upper()}")
    assert (upload.kind, upload.content_type, upload.extension) == (kind, content_type, extension)
    assert upload.safe_name == f"Photo 1{extension}"
    assert upload.size == len(upload.data)
    assert upload.sha256 == hashlib.sha256(upload.data).hexdigest()
    assert upload.received_sha256 == hashlib.sha256(data).hexdigest()
    with Image.open(io.BytesIO(upload.data)) as kept:
        assert (kept.format, kept.size) == (FORMATS[kind], (40, 20))


@pytest.mark.parametrize("kind", list(FORMATS))
def test_place_time_and_device_are_gone_and_the_picture_is_upright(kind):
    """Metadata of a photo never reaches the court's files; its orientation is drawn in."""
    exif = Image.Exif()
    exif[MAKER] = "SecretPhone"
    exif[ORIENTATION] = 6
    exif.get_ifd(PLACE)[1] = "N"
    extra: dict[str, object] = {"exif": exif}
    if kind is UploadKind.JPEG:
        extra["comment"] = b"SecretPhone"
    data = picture(kind, **extra) + b"SecretPhone behind the end"
    upload = check_upload(data, filename="p")
    assert b"SecretPhone" in data
    assert b"SecretPhone" not in upload.data
    with Image.open(io.BytesIO(upload.data)) as kept:
        assert not kept.getexif()
        assert kept.size == (20, 40)
        # Turned a quarter to the right: what was left (black) is now on top.
        assert grey_at(kept, 10, 2) < 60
        assert grey_at(kept, 10, 37) > 200


@pytest.mark.parametrize("mode", ["L", "1", "LA", "RGBA", "I;16", "P"])
def test_pictures_of_every_common_mode_are_kept(mode):
    """Scans in grey, black and white or with transparency stay what they show."""
    if mode == "P":
        image = Image.new("P", (8, 8), 3)
    else:
        image = Image.new(mode, (8, 8), 40_000 if mode == "I;16" else 0)
    out = io.BytesIO()
    image.save(out, "PNG")
    with Image.open(io.BytesIO(check_upload(out.getvalue(), filename="s.png").data)) as kept:
        grey = grey_at(kept, 4, 4)
        assert kept.size == (8, 8)
        assert abs(grey - 156) <= 1 if mode == "I;16" else grey < 20


def test_a_picture_that_unpacks_to_too_many_pixels_is_refused_unopened():
    """The size in the header is enough to refuse."""
    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + head
    data = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk
    data += struct.pack(">I", zlib.crc32(chunk)) + b"\x00\x00\x00\x00IDAT"
    assert refused(data).code == FileRefused.TOO_MANY_PIXELS
    small = refused(picture(), limits=UploadLimits(max_pixels=799))
    assert small.code == FileRefused.TOO_MANY_PIXELS
    assert small.params == {"pixels": 800, "limit": 799}


@pytest.mark.parametrize("kind", list(FORMATS))
def test_a_cut_off_picture_is_refused(kind):
    """Half a photo is damaged, not half kept."""
    data = picture(kind, size=(400, 300))
    assert refused(data[: len(data) // 2]).code == FileRefused.DAMAGED


def test_a_moving_picture_is_refused():
    """Only its first frame could be kept, so it is not kept at all."""
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    out = io.BytesIO()
    frames[0].save(out, "PNG", save_all=True, append_images=frames[1:])
    assert refused(out.getvalue()).code == FileRefused.ANIMATED


def test_a_paper_is_kept_as_it_came():
    """A PDF's bytes are not touched."""
    upload = check_upload(paper(), filename="Report 7.PDF")
    assert (upload.kind, upload.content_type) == (UploadKind.PDF, "application/pdf")
    assert upload.data == paper()
    assert upload.sha256 == upload.received_sha256
    assert upload.safe_name == "Report 7.pdf"


@pytest.mark.parametrize(
    ("extra", "what"),
    [
        (b"/OpenAction << /S /JavaScript /JS (x) >>", "JavaScript"),
        (b"/OpenAction << /S /Java#53cript /JS (x) >>", "JavaScript"),
        (b"/A << /S /Launch /F (cmd) >>", "Launch"),
        (b"/Names << /EmbeddedFiles 3 0 R >>", "EmbeddedFiles"),
        (b"/AcroForm << /XFA 4 0 R >>", "XFA"),
        (b"/Subtype /RichMedia", "RichMedia"),
        (b"/A << /S /SubmitForm >>", "SubmitForm"),
    ],
)
def test_a_paper_with_something_that_acts_is_refused(extra, what):
    """Scripts, launches, attachments and sending forms are refused, in the open or packed."""
    open_one = refused(paper(extra))
    packed = zlib.compress(b"<< " + extra + b" >>")
    stream = b">> 5 0 obj << /Type /ObjStm /Filter /FlateDecode >>\nstream\n" + packed
    hidden = refused(paper(stream + b"\nendstream"))
    assert open_one.code == hidden.code == FileRefused.PDF_ACTIVE
    assert open_one.params == hidden.params == {"what": what}


def test_a_paper_with_links_and_a_plain_form_is_kept():
    """Names that only begin alike are no reason to refuse."""
    extra = b"/OpenAction [3 0 R /Fit] /LaunchedBy (x) /AcroForm << /Fields [] >> /JavaScripted 1"
    assert check_upload(paper(extra), filename="f.pdf").kind is UploadKind.PDF


def test_a_locked_paper_is_refused():
    """Nobody could check or open it later."""
    assert refused(paper(b"/Encrypt 9 0 R")).code == FileRefused.PDF_LOCKED


def test_a_packed_stream_that_never_ends_is_refused():
    """A PDF cannot fill the memory when its streams are looked into."""
    packed = zlib.compress(b"a" * 60_000_000)
    stream = b">> 5 0 obj << /Type /ObjStm >>\nstream\n" + packed + b"\nendstream"
    assert refused(paper(stream)).code == FileRefused.TOO_LARGE


@pytest.mark.parametrize("data", [paper()[:-40], paper().replace(b"startxref", b"")])
def test_a_cut_off_paper_is_refused(data):
    """A PDF ends with its table and mark."""
    assert refused(data).code == FileRefused.DAMAGED


def archive():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("word/document.xml", "x")
    return out.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        b"MZ\x90\x00\x03" + bytes(100),
        b"\x7fELF" + bytes(100),
        b"#!/bin/sh\nrm -rf x\n",
        archive(),
        b"GIF89a" + bytes(50),
        b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>",
        b"junk before %PDF-1.7",
        b" %PDF-1.7\n",
        b"hello",
    ],
)
@pytest.mark.parametrize("filename", ["report.pdf", "photo.jpg", "x"])
def test_a_renamed_program_or_other_kind_is_refused(data, filename):
    """The name makes no file a photo or a paper."""
    assert refused(data, filename).code == FileRefused.KIND_NOT_ALLOWED


@pytest.mark.parametrize(
    "filename", ["a.pdf", "a.exe", "a.jpg.exe", "a.png", "a.html", "a\u202egpj.exe"]
)
def test_a_name_that_says_otherwise_is_refused(filename):
    """A JPEG called anything but a JPEG is refused, even though it is harmless."""
    refusal = refused(picture(), filename)
    assert refusal.code == FileRefused.NAME_SAYS_OTHERWISE
    assert refusal.params["found"] == "jpeg"


def test_photos_of_iphones_get_a_refusal_of_their_own():
    """The sentence can then say how to save them as JPEG."""
    assert refused(b"\x00\x00\x00\x18ftypheic" + bytes(40), "IMG_1.HEIC").code == FileRefused.HEIC


def test_empty_and_too_large_files_are_refused():
    """The limit itself is allowed."""
    assert refused(b"").code == FileRefused.EMPTY
    size = len(paper())
    assert check_upload(paper(), filename="f", limits=UploadLimits(max_bytes=size)).size == size
    large = refused(paper(), limits=UploadLimits(max_bytes=size - 1))
    assert large.params == {"size": size, "limit": size - 1}


@given(data=st.binary(max_size=500), start=st.sampled_from(["jpeg", "png", "webp", "pdf", ""]))
def test_random_bytes_are_kept_or_refused_and_nothing_else(data, start):
    """No bytes make the check raise anything but a refusal with a known code."""
    heads = {
        "jpeg": picture()[:60],
        "png": picture(UploadKind.PNG)[:60],
        "webp": picture(UploadKind.WEBP)[:40],
        "pdf": b"%PDF-1.4\n",
        "": b"",
    }
    code = None
    try:
        check_upload(heads[start] + data, filename="f")
    except CourtRuleBroken as refusal:
        code = refusal.code
    assert code is None or code in set(FileRefused)


@pytest.mark.parametrize(
    ("filename", "expected"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\ann\\Report.pdf", "Report.pdf"),
        ("..\\..\\x.pdf", "x.pdf"),
        ("a\u202efdp.exe.pdf", "afdp_exe.pdf"),
        ("re\x00port\r\n.pdf", "report.pdf"),
        ("..pdf", "file.pdf"),
        (".pdf", "pdf.pdf"),
        ("", "file.pdf"),
        ("   .  ", "file.pdf"),
        ("CON.pdf", "file_CON.pdf"),
        ("lpt1", "file_lpt1.pdf"),
        ("／etc／passwd", "passwd.pdf"),
        ("%2e%2e%2fx.pdf", "2e_2e_2fx.pdf"),
        ('a<b>:"|?*.pdf', "a_b.pdf"),
        ("Núñez – hearing (2).pdf", "Núñez – hearing (2).pdf"),
        ("รายงาน.pdf", "รายงาน.pdf"),
        ("no extension", "no extension.pdf"),
        ("St. Anne's report.pdf", "St_ Anne's report.pdf"),
    ],
)
def test_names_are_kept_readable_and_made_safe(filename, expected):
    """Folders, tricks of direction, devices and second extensions go; letters stay."""
    assert safe_name(filename, extension=".pdf") == expected


@given(name=st.text(max_size=300), extension=st.sampled_from((".pdf", ".jpg", ".webp")))
def test_no_name_is_ever_unsafe(name, extension):
    """Whatever is typed, the result is one plain, short file name of the right kind."""
    safe = safe_name(name, extension=extension)
    stem = safe.removesuffix(extension)
    assert safe.endswith(extension)
    assert stem
    assert stem == stem.strip()
    assert not set(stem) & set('/\\<>:"|?*%.')
    assert len(safe) <= LONGEST_NAME
    assert len(safe.encode()) <= 255
    assert not {unicodedata.category(letter) for letter in safe} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
