"""What one would write without us: reads a file of figures, validates each row and keeps it, or names the row.

    peer.py csv|xlsx FILE DEFINITIONS

CSV by Python's own module, XLSX by python-calamine. It knows one layout and one way to write a number.
"""

import csv
import sys
from decimal import Decimal, InvalidOperation

kind, path, definitions = sys.argv[1:]


def read(name):
    with open(f"{definitions}/{name}", encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


words = {unit["code"]: unit["zh"] for unit in read("unit_measures.csv")}
indicators = {row["code"]: row for row in read("indicators.csv")}
counties = {row["code"] for row in read("org_units.csv")}
limits = {
    code: (words[row["unit"]], Decimal(row["minimum"] or "-Infinity"), Decimal(row["maximum"] or "Infinity"))
    for code, row in indicators.items()
}


def rows():
    if kind == "csv":
        with open(path, encoding="utf-8-sig", newline="") as file:
            yield from csv.reader(file)
    else:
        import python_calamine

        yield from python_calamine.CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()


kept, bad, seen = [], [], set()
found = rows()
next(found)
for number, (indicator, county, year, value, unit, remark) in enumerate(found, 2):
    try:
        value, year = Decimal(str(value)), int(year)
    except (InvalidOperation, ValueError):
        bad.append((number, "not a number"))
        continue
    known = limits.get(indicator)
    if known is None or county not in counties:
        bad.append((number, "unknown"))
    elif unit != known[0] or not known[1] <= value <= known[2] or not 1949 <= year <= 2100:
        bad.append((number, "out of range"))
    elif (indicator, county, year) in seen:
        bad.append((number, "repeated"))
    else:
        seen.add((indicator, county, year))
        kept.append((indicator, county, year, value, remark))
print(len(kept), len(bad))
