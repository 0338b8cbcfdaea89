"""Fills the template in the folder in, as a clerk would, and saves it by other programs in every kind: fill.py FOLDER"""

import pathlib
import subprocess
import sys

import openpyxl

FOLDER = pathlib.Path(sys.argv[1])
book = openpyxl.load_workbook(FOLDER / "template.xlsx")
sheet = book.active
header = next(row for row in sheet.iter_rows() if row[0].value == "指标")
assert header[4].value == "本年数（2023年）", header[4].value
for at, row in enumerate(sheet.iter_rows(min_row=header[0].row + 1)):
    if not row[1].value:
        continue
    # An indicator that is a year has a year's range; the others take whatever.
    row[4].value = 2023 if row[1].value.endswith("_year") else 1 + at
    if at % 7 == 0:
        row[5].value = "余"
book.save(FOLDER / "filled.xlsx")

for kind in ["ods", "xls", "xlsx"]:
    out = FOLDER if kind != "xlsx" else FOLDER / "again"
    profile = f"-env:UserInstallation=file://{FOLDER.resolve()}/again/profile"
    command = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(out), str(FOLDER / "filled.xlsx")]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
(FOLDER / "again" / "filled.xlsx").rename(FOLDER / "filled-libreoffice.xlsx")
