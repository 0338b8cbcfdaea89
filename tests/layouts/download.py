"""Prints what openpyxl sees of a workbook that was handed out, and saves it again by LibreOffice beside it."""

import subprocess
import sys
import tempfile
from pathlib import Path

import openpyxl

FILE = Path(sys.argv[1])

workbook = openpyxl.load_workbook(FILE)
print("sheets", " ".join(sheet.title for sheet in workbook))
print("charts", sum(len(sheet._charts) for sheet in workbook))
formulas = [cell.coordinate for sheet in workbook for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
print("formulas", *formulas)
figures = workbook.worksheets[0]
header = [cell.value for cell in figures[1]]
for row in figures.iter_rows(min_row=2):
    for name, cell in zip(header, row):
        if name in ("数值", "value") and cell.value is not None:
            assert cell.data_type == "n", (cell.coordinate, cell.value)
for sheet in workbook:
    for chart in sheet._charts:
        for series in chart.series:
            sheet_name, cells = series.val.numRef.f.replace("'", "").split("!")
            kinds = {cell.data_type for row in workbook[sheet_name][cells.replace("$", "")] for cell in row}
            assert kinds <= {"n"}, (cells, kinds)

out = FILE.parent / "again"
with tempfile.TemporaryDirectory() as profile:
    for kind in ("xlsx", "ods", "pdf", "csv:Text - txt - csv (StarCalc):44,34,76,1"):
        profile_option = f"-env:UserInstallation=file://{profile}"
        command = ["soffice", profile_option, "--headless", "--convert-to", kind, "--outdir", str(out), str(FILE)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
assert (out / FILE.name).with_suffix(".pdf").stat().st_size > 1000
