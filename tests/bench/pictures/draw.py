"""matplotlib: how many pictures a second one core makes of a scene.

    python3 draw.py SCENE.json FOLDER-OF-FONTS MILLISECONDS [FOLDER-FOR-PICTURES]

Prints JSON: {format: {rate, bytes}}. The words and the marks are ours and no more; Agg draws, the PNG is savefig's.
"""
import io
import json
import sys
import time
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
from matplotlib import font_manager

scene, fonts, milliseconds, *output = sys.argv[1:]
shown = json.loads(Path(scene).read_text(encoding="utf-8"))
for font in Path(fonts).glob("*.otf"):
    font_manager.fontManager.addfont(font)
plt.rcParams["font.family"] = "Noto Sans CJK SC"
# Its SVG has letters as text, as ours and ECharts'.
plt.rcParams["svg.fonttype"] = "none"


def draw(kind):
    figure, axes = plt.subplots(figsize=(8, 4.5), dpi=100)
    years = [int(year) for year in shown["years"]]
    for series in shown["series"]:
        values = [float("nan") if value is None else value for value in series["values"]]
        (line,) = axes.plot(years, values)
        axes.text(years[-1], values[-1], f" {series['name']} {values[-1]:g}", color=line.get_color())
    axes.set_xticks(years)
    figure.suptitle(shown["title"], fontweight="bold")
    axes.set_title(shown["subtitle"], fontsize=9)
    figure.text(0.03, 0.02, shown["foot"][0], fontsize=9)
    figure.text(0.97, 0.02, shown["foot"][1], fontsize=9, ha="right")
    file = io.BytesIO()
    figure.savefig(file, format=kind)
    plt.close(figure)
    return file.getvalue()


found = {}
for kind in ("svg", "png"):
    file = draw(kind)
    if output:
        (Path(output[0]) / f"matplotlib.{kind}").write_bytes(file)
    begun, pictures = time.perf_counter(), 0
    while (time.perf_counter() - begun) * 1000 < float(milliseconds):
        draw(kind)
        pictures += 1
    found[kind] = {"rate": pictures / (time.perf_counter() - begun), "bytes": len(file)}
print(json.dumps(found))
