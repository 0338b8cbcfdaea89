"""What one would write without us: reads a report, validates each row, compares it with what is published in an SQLite
database and adds it there in one transaction, or names what is wrong.

    peer.py csv|xlsx FILE DEFINITIONS FOLDER DATABASE       into a copy of what `prepare` made
    peer.py prepare KNOWN.csv DATABASE                      makes the database

CSV by Python's own module, XLSX by python-calamine. It knows one layout and one way to write a number, keeps no file, no
history and no seals, and has one table."""

import csv
import sqlite3
import sys
from decimal import Decimal, InvalidOperation

SCHEMA = """create table observation (indicator text, county text, year integer, value text, status text, origin text,
    remark text, vintage integer, primary key (indicator, county, year, vintage)) without rowid"""


def opened(path):
    database = sqlite3.connect(path, isolation_level=None)
    database.execute("pragma journal_mode = wal")
    database.execute("pragma synchronous = full")
    return database


def prepare(known, path):
    database = opened(path)
    database.execute(SCHEMA)
    with open(known, encoding="utf-8", newline="") as file:
        rows = [(*row, "synthetic", "", 1) for row in csv.reader(file)]
    database.execute("begin")
    database.executemany("insert into observation values (?, ?, ?, ?, ?, ?, ?, ?)", rows)
    database.execute("commit")


def read(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def rows(kind, path):
    if kind == "csv":
        with open(path, encoding="utf-8-sig", newline="") as file:
            yield from csv.reader(file)
    else:
        import python_calamine

        yield from python_calamine.CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()


def take(kind, path, definitions, folder, database):
    words = {unit["code"]: unit["zh"] for unit in read(f"{definitions}/unit_measures.csv")}
    counties = {row["code"] for row in read(f"{definitions}/org_units.csv") + read(f"{folder}/org_units.csv")}
    limits = {
        row["code"]: (words[row["unit"]], Decimal(row["minimum"] or "-Infinity"), Decimal(row["maximum"] or "Infinity"))
        for row in read(f"{definitions}/indicators.csv")
    }
    database = opened(database)
    published = {
        (indicator, county, year): (Decimal(value), status)
        for indicator, county, year, value, status in database.execute(
            "select indicator, county, year, value, status from observation order by vintage")
    }
    kept, bad, seen, same, changed, unusual = [], [], set(), 0, 0, 0
    found = rows(kind, path)
    next(found)
    for number, (indicator, county, year, value, unit, origin, remark) in enumerate(found, 2):
        try:
            value, year = Decimal(str(value)), int(year)
        except (InvalidOperation, ValueError):
            bad.append((number, "not a number"))
            continue
        known = limits.get(indicator)
        key = (indicator, county, year)
        if known is None or county not in counties or not county.startswith("S01"):
            bad.append((number, "unknown"))
        elif unit != known[0] or not known[1] <= value <= known[2] or not 1949 <= year <= 2100:
            bad.append((number, "out of range"))
        elif key in seen:
            bad.append((number, "repeated"))
        else:
            seen.add(key)
            before = published.get((indicator, county, year - 1))
            if before and before[0] > 0 and not before[0] / 10 <= value <= before[0] * 10:
                unusual += 1
            old = published.get(key)
            if old == (value, "A"):
                same += 1
                continue
            changed += old is not None
            kept.append((indicator, county, year, str(value), "A", origin, remark, 2))
    missing = sum((indicator, county, 2024) not in seen for indicator, county, year in published if year == 2023)
    if not bad:
        database.execute("begin immediate")
        database.executemany("insert into observation values (?, ?, ?, ?, ?, ?, ?, ?)", sorted(kept))
        database.execute("commit")
    print(len(kept), len(bad), same, changed, unusual, missing)


match sys.argv[1:]:
    case ["prepare", known, path]:
        prepare(known, path)
    case [kind, *rest]:
        take(kind, *rest)
