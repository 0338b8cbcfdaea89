"""Writes a year's report of a province that was made up, of 100,000 rows: right, and with bad rows in it; and what is
published before it: write.py DEFINITIONS FOLDER

Published are all figures of the year before, and a tenth of the year's own: half of them as the report says, half otherwise
and provisional."""

import csv
import json
import pathlib
import random
import sys

import openpyxl

ROWS = 100_000
BAD = 1_007
YEAR = 2024
PROVINCE, NAME = "S01", "合成省"
definitions, folder = map(pathlib.Path, sys.argv[1:])
chance = random.Random(1)


def read(name):
    with open(definitions / name, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def put(name, rows):
    with open(folder / name, "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


def put_both(name, rows):
    put(f"{name}.csv", [HEADER, *rows])
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("数据")
    for row in [HEADER, *rows]:
        sheet.append(row)
    book.save(folder / f"{name}.xlsx")


HEADER = ["指标代码", "地区代码", "年份", "数值", "单位", "origin", "备注"]
units = {unit["code"]: unit["zh"] for unit in read("unit_measures.csv")}
wanted = [i for i in read("indicators.csv") if i["kind"] == "reported" and i["unit"] not in ("calendar_year", "year")]
counties = [f"{PROVINCE}{number:04}" for number in range(1, -(-ROWS // len(wanted)) + 1)]
keys = [(indicator, county) for indicator in wanted for county in counties][:ROWS]

tree = [["code", "name_zh", "name_en", "level", "parent", "opened", "closed"]]
tree.append([PROVINCE, NAME, "Made-up Province", "province", "100000", "", ""])
tree += [[code, f"合成{code[3:]}县", f"Made-up County {code[3:]}", "county", PROVINCE, "", ""] for code in counties]
put("org_units.csv", tree)

rows, published = [], []
for indicator, county in keys:
    most = min(int(float(indicator["maximum"] or 100_000)), 100_000)
    # A part stays below a quarter of the least that its whole can be.
    most = most // 8 if indicator["part_of"] else most
    value = chance.randrange(most // 2, most)
    before = value - chance.randrange(most // 4)
    code, unit = indicator["code"], indicator["unit"]
    rows.append([code, county, YEAR, value, units[unit], "synthetic", ""])
    figures = [(YEAR - 1, before, "A")]
    if chance.random() < 0.1:
        figures.append((YEAR, value, "A") if chance.random() < 0.5 else (YEAR, before, "P"))
    for year, number, status in figures:
        kind, end = ("instant", f"{year}-12-31") if indicator["time_rule"] == "stock" else ("year", str(year))
        published.append([code, county, number, unit, "exact", kind, end, "stated", status, "synthetic"])
tail = [f"{NAME}工商联快报（合成数据）", f"{NAME}工商联", f"{YEAR + 1}-01-05"]
columns = "indicator,org_unit,value,unit,qualifier,period_kind,period_end,period_basis,status,origin,document,publisher,published"
put("published.csv", [columns.split(","), *(row + tail for row in published)])
# For the peer, which knows years and nothing of periods.
put("known.csv", [[row[0], row[1], row[6][:4], row[2], row[8]] for row in published])

put_both("rows", rows)
spoilt, planted = [list(row) for row in rows], []
for number, at in enumerate(sorted(chance.sample(range(ROWS), BAD))):
    column, content = [
        (3, "很多"), (0, "no_such_indicator"), (1, "S019999"), (3, -5), (4, "吨"), (2, "去年"),
    ][number % 6]
    spoilt[at][column] = content
    planted.append([at + 2, column])
put_both("bad", spoilt)
(folder / "planted.json").write_text(json.dumps(planted))
