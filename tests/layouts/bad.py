"""Writes files that cannot be read into a folder, each for a reason of its own: bad.py FOLDER"""

import datetime
import pathlib
import struct
import sys
import zipfile
import zlib

import openpyxl
import xlwt

FOLDER = pathlib.Path(sys.argv[1])
SPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def put(name, content):
    (FOLDER / name).write_bytes(content)


def parts(path):
    with zipfile.ZipFile(path) as whole:
        return {name: whole.read(name) for name in whole.namelist()}


def zipped(name, entries):
    with zipfile.ZipFile(FOLDER / name, "w", zipfile.ZIP_DEFLATED) as made:
        for entry, content in entries.items():
            made.writestr(entry, content)


def with_sheet(name, rows):
    """The good workbook with other rows in its sheet."""
    sheet = f"<worksheet {SPACE}><sheetData>{rows}</sheetData></worksheet>"
    zipped(name, good | {"xl/worksheets/sheet1.xml": sheet})


def lying(name, real):
    """A zip whose directory says that its sheet is short, where it inflates to `real` bytes."""
    zipped(name, good)
    entry = b"xl/worksheets/sheet1.xml"
    row = b"<row r='1'></row>"
    content = f"<worksheet {SPACE}><sheetData>".encode() + row * (real // len(row))
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(content) + packer.flush()
    rest = {key: value for key, value in good.items() if key != entry.decode()}
    zipped(name, rest)
    whole = (FOLDER / name).read_bytes()
    end = whole.rindex(b"PK\x05\x06")
    counts = struct.unpack("<HHHHIIH", whole[end + 4 :])
    start = counts[5]
    told = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 33, zlib.crc32(content), len(packed), 1000, len(entry), 0)
    local = b"PK\x03\x04" + told + entry + packed
    listed = b"PK\x01\x02\x14\x00" + told + struct.pack("<HHHII", 0, 0, 0, 0, start) + entry
    directory = whole[start:end] + listed
    count = counts[2] + 1
    tail = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, count, count, len(directory), start + len(local), 0)
    put(name, whole[:start] + local + directory + tail)


book = openpyxl.Workbook()
book.active.append(["县区", "纳税企业数"])
book.active.append(["禹城市", 6989])
book.save(FOLDER / "good.xlsx")
good = parts(FOLDER / "good.xlsx")
whole = (FOLDER / "good.xlsx").read_bytes()

put("empty.xlsx", b"")
put("truncated.xlsx", whole[: len(whole) * 2 // 3])
put("picture.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(100))
put("program.csv", b"\x7fELF" + bytes(100))
put("page.xls", "<html><table><tr><td>县区</td></tr></table></html>".encode())
put("latin.csv", "Année;Montant\n2022;5 £\n".encode("latin-1") + b"\xff\xff\n")
put("large.csv", b"a,b\n" * (6 << 20))
put("wide.csv", b"," * 1_000_000 + b"1\n")
put("long.csv", b"1,2\n" * 300_000)
zipped("document.xlsx", {"word/document.xml": "<document/>"})
zipped("archive.xlsx", {"report.csv": "a,b\n"})
zipped("bomb.xlsx", good | {"xl/worksheets/sheet1.xml": b" " * (100 << 20)})
lying("lying.xlsx", 60 << 20)
zipped("damaged.xlsx", good | {"xl/worksheets/sheet1.xml": f"<worksheet {SPACE}><sheetData><row r='1'><c r='A1'>"})
with_sheet("two-far-cells.xlsx", "".join(
    f'<row r="{r}"><c r="{c}{r}"><v>1</v></c></row>' for r, c in [(1, "A"), (1048576, "XFD")]))
with_sheet("far-down.xlsx", '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="A1048576"><v>1</v></c></row>')
# What Excel makes of a workbook with a password: an old container with one stream of a known name.
put("encrypted.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000) + "EncryptedPackage".encode("utf-16-le") + bytes(3000))

zipped("macro.xlsm", good | {"xl/vbaProject.bin": bytes(1000)})
odd = openpyxl.Workbook()
odd.active.append(["县区", "纳税企业数", "培训场次", "助企活动场次", "捐款捐物总额"])
odd.active.append(["禹城市", datetime.date(2022, 6, 9), True, "#REF!", 1e308])
odd.active.append(["齐河县", 6989, 1, 2, 3])
odd.save(FOLDER / "odd-cells.xlsx")

old = xlwt.Workbook()
sheet = old.add_sheet("a")
sheet.write(0, 0, 1)
sheet.write(65535, 255, 1)
old.save(str(FOLDER / "far.xls"))
cut = (FOLDER / "far.xls").read_bytes()
put("truncated.xls", cut[:700])
