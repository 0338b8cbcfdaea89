"""Reads a table by its metadata and says whether it is what that says: `csv_metadata.py folder`."""

import sys
from pathlib import Path

from csvw import CSVW

folder = Path(sys.argv[1])
table = CSVW(str(folder / "observations.csv-metadata.json"), validate=True)
print("valid", table.is_valid, *[str(warning.message) for warning in table.warnings])
rows = list(table.tables[0])
print("rows", len(rows))
[firms] = [row for row in rows if row["indicator"] == "taxpaying_firms" and row["period_kind"] == "instant"]
print("firms", firms["value"], firms["unit"], firms["published"])
