"""Reads the data of a running program by pyjstat and says what it found: `json_stat.py http://127.0.0.1:8080`."""

import sys
import urllib.request

from pyjstat import pyjstat

address = sys.argv[1] + "/api/v1/observations.json-stat?lang=en"
with urllib.request.urlopen(address) as answer:
    text = answer.read().decode()

dataset = pyjstat.Dataset.read(text)
print("role", dataset["role"]["metric"], dataset["role"]["geo"], dataset["role"]["time"])
print("unit", dataset["dimension"]["indicator"]["category"]["unit"]["taxpaying_firms"]["label"])
labelled = dataset.write("dataframe").dropna()
print("values", len(labelled))
firms = labelled[labelled["Indicator"] == "Tax-paying firms"]
for _, row in firms.iterrows():
    print("firms", row["Area"], "|", row["Period"], "|", row["value"])
coded = dataset.write("dataframe", naming="id").dropna()
known = coded[(coded["indicator"] == "taxpaying_firms") & (coded["period"] == "@2022-10-31")]
print("known", *known["value"])
