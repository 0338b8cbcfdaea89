"""Writes figures into a report's template as a clerk does, by openpyxl: clerk.py TEMPLATE OUT CODE=VALUE...

A value is typed as a person types it: what looks like a plain number becomes one. An empty value empties the cell. The cell
that each figure went into is printed, a line a figure.
"""

import re
import sys

import openpyxl

template, out, *figures = sys.argv[1:]
book = openpyxl.load_workbook(template)
sheet = book.active
rows = {row[1].value: row for row in sheet.iter_rows() if row[1].value}
column = next(cell.column for cell in rows["指标代码"] if str(cell.value).startswith("本年数"))
for figure in figures:
    code, typed = figure.split("=", 1)
    cell = rows[code][column - 1]
    cell.value = float(typed) if re.fullmatch(r"-?\d+\.\d+", typed) else int(typed) if re.fullmatch(r"-?\d+", typed) else typed or None
    print(cell.coordinate)
book.save(out)
