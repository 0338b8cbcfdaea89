"""Writes a country's figures of a year, 100,000 rows, as CSV and XLSX, and one row of them: write.py DEFINITIONS FOLDER"""

import csv
import pathlib
import random
import sys

import openpyxl

ROWS = 100_000
definitions, folder = map(pathlib.Path, sys.argv[1:])


def read(name):
    with open(definitions / name, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


units = {unit["code"]: unit["zh"] for unit in read("unit_measures.csv")}
counties = [unit["code"] for unit in read("org_units.csv") if unit["level"] == "county" and not unit["closed"]]
wanted = [i for i in read("indicators.csv") if i["kind"] == "reported" and i["unit"] not in ("calendar_year", "year")]
chance = random.Random(1)
header = ["指标代码", "地区代码", "年份", "数值", "单位", "备注"]
rows = [
    [indicator["code"], county, 2024, chance.randrange(1, 100_000), units[indicator["unit"]], ""]
    for indicator in wanted
    for county in counties
][:ROWS]
assert len(rows) == ROWS, len(rows)


def put(name, rows):
    with open(folder / f"{name}.csv", "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("数据")
    for row in [header, *rows]:
        sheet.append(row)
    book.save(folder / f"{name}.xlsx")


put("rows", rows)
put("one-row", rows[:1])
