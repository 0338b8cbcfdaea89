"""Writes org_units.csv from the public code list of npm `china-division`.

    pip install pypinyin==0.55.0
    python3 org_units.py path/to/china-division/dist

The same input gives the same bytes. Names that pinyin alone gets wrong are in org_units_names.csv, beside this file.
"""
import csv
import json
import sys
from collections import Counter
from pathlib import Path

from pypinyin import Style, lazy_pinyin, load_phrases_dict, load_single_dict

HERE = Path(__file__).parent
COLUMNS = ["code", "name_zh", "name_en", "level", "parent", "opened", "closed"]
# Rows of the list that stand for "no prefecture in between"; people never see them, their counties go to the province.
PLACEHOLDERS = {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"}
# The list repeats a prefecture without counties as its own county under another code.
REPEATED = {"620201"}
# The list gives no codes below these three; ours are the prefix and the position in the list, both from 01.
WITHOUT_CODES = {"台湾省": "71", "香港特别行政区": "81", "澳门特别行政区": "82"}

# In the names of places these are read otherwise than in most words.
load_single_dict({ord("长"): "cháng", ord("都"): "dū", ord("佛"): "fó", ord("棱"): "líng"})
load_phrases_dict({"朝阳": [["cháo"], ["yáng"]], "漯河": [["luò"], ["hé"]]})

# Longest first: an ending is taken off only if something is left before it.
GENERICS = [
    ("自治县", "County"), ("自治旗", "Banner"), ("自治州", "Prefecture"), ("矿区", "Mining District"),
    ("特区", "Special District"), ("地区", "Prefecture"), ("盟", "League"),
    ("省", "Province"), ("市", "City"), ("县", "County"), ("区", "District"), ("旗", "Banner"), ("镇", "Town"), ("乡", "Township"),
]
# Development zones are statistical units with 71 to 79 at the end of the code.
ZONES = [
    ("高新技术产业开发区", "High-tech Zone"), ("高新技术产业园区", "High-tech Industrial Park"),
    ("高新技术开发区", "High-tech Zone"), ("经济技术开发区", "Economic and Technological Development Zone"),
    ("城乡一体化示范区", "Urban–Rural Integration Zone"), ("经济开发区", "Economic Development Zone"),
    ("工业园区", "Industrial Park"), ("管理区", "Administrative Zone"), ("示范区", "Demonstration Zone"),
    ("开发区", "Development Zone"), ("新区", "New Area"),
]
PEOPLES = """蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 拉祜 水 东乡 纳西 景颇 柯尔克孜 土
达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 塔吉克 怒 鄂温克 保安 裕固 独龙 普米 各""".split()
PEOPLES = sorted([p + "族" for p in PEOPLES] + ["蒙古", "哈萨克", "柯尔克孜", "塔吉克", "锡伯"], key=len, reverse=True)


def main(dist):
    units = list(mainland(dist)) + list(without_codes(dist))
    units.sort(key=lambda unit: (unit["code"] != "100000", unit["code"]))
    name_in_english(units)
    check(units)
    with open(HERE / "org_units.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, restval="", lineterminator="\n", extrasaction="ignore")
        writer.writeheader()
        writer.writerows(units)


def mainland(dist):
    yield unit("100000", "中国", "national", "")
    for row in read(dist / "provinces.csv"):
        yield unit(row["code"] + "0000", row["name"], "province", "100000")
    prefectures = {}
    for row in read(dist / "cities.csv"):
        province = row["provinceCode"] + "0000"
        if row["name"] in PLACEHOLDERS:
            prefectures[row["code"]] = province
        else:
            prefectures[row["code"]] = row["code"] + "00"
            yield unit(row["code"] + "00", row["name"], "prefecture", province)
    for row in read(dist / "areas.csv"):
        parent = prefectures[row["cityCode"]]
        if row["code"] != parent and row["code"] not in REPEATED:
            yield unit(row["code"], row["name"], "county", parent)


def without_codes(dist):
    regions = json.loads((dist / "HK-MO-TW.json").read_text(encoding="utf-8"))
    for name, prefix in WITHOUT_CODES.items():
        province = prefix + "0000"
        yield unit(province, name, "province", "100000")
        for i, (prefecture, counties) in enumerate(regions[name].items(), 1):
            parent = f"{prefix}{i:02}00"
            yield unit(parent, prefecture, "prefecture", province)
            for j, county in enumerate(counties, 1):
                yield unit(f"{prefix}{i:02}{j:02}", county, "county", parent)


def unit(code, name_zh, level, parent):
    return {"code": code, "name_zh": name_zh, "level": level, "parent": parent}


def name_in_english(units):
    exceptions = {row["code"]: row for row in read(HERE / "org_units_names.csv")}
    by_code = {unit["code"]: unit for unit in units}
    for code, row in exceptions.items():
        assert by_code[code]["name_zh"] == row["name_zh"], f"org_units_names.csv: {code} is {by_code[code]['name_zh']}"
    for unit in units:
        given = exceptions.get(unit["code"])
        unit["name_en"] = given["name_en"] if given else spelled(unit, by_code)
    # Only siblings that would share a name carry the generic word.
    shared = Counter((unit["parent"], unit["name_en"]) for unit in units)
    for unit in units:
        if shared[unit["parent"], unit["name_en"]] > 1:
            unit["name_en"] += " " + generic(unit["name_zh"])[1]


def spelled(unit, by_code):
    if "71" <= unit["code"][4:] <= "79":
        return zone(unit["name_zh"], by_code[unit["parent"]])
    return pinyin(stem(unit["name_zh"]))


def zone(name, prefecture):
    ending, english = next(pair for pair in ZONES if name.endswith(pair[0]))
    rest = name.removesuffix(ending).removesuffix("市")
    at = rest.find(stem(prefecture["name_zh"]))
    if at < 0:
        return f"{pinyin(rest)} {english}"
    rest = rest[at + len(stem(prefecture["name_zh"])):].removeprefix("市")
    return f"{pinyin(rest) if rest else prefecture['name_en']} {english}"


def stem(name):
    ending = generic(name)[0]
    rest = name.removesuffix(ending)
    while "自治" in ending or ending == "区":
        people = next((p for p in PEOPLES if rest.endswith(p) and len(rest) > len(p) + 1), None)
        if people is None:
            break
        rest = rest.removesuffix(people)
    # 莘县 is Shenxian: a stem of one character keeps its ending.
    return rest if len(rest) > 1 else name


def generic(name):
    return next(((zh, en) for zh, en in GENERICS if name.endswith(zh) and len(name) > len(zh)), ("", ""))


def pinyin(text):
    syllables = lazy_pinyin(text, style=Style.NORMAL, v_to_u=True)
    joined = "".join(("'" if i and s[0] in "aeo" else "") + s for i, s in enumerate(syllables))
    return joined[0].upper() + joined[1:]


def check(units):
    codes = Counter(unit["code"] for unit in units)
    names = Counter((unit["parent"], unit["name_en"]) for unit in units)
    problems = [f"code {code} twice" for code, n in codes.items() if n > 1]
    problems += [f"name {name} twice under {parent}" for (parent, name), n in names.items() if n > 1]
    problems += [f"{u['code']} has no parent {u['parent']}" for u in units if u["parent"] not in codes and u["level"] != "national"]
    problems += [f"{u['code']} {u['name_zh']}: {u['name_en']}" for u in units if not plain(u["name_en"])]
    if problems:
        sys.exit("\n".join(problems))


def plain(name):
    return name and all(c.isalpha() and ord(c) < 0x250 or c in " '–-()" for c in name)


def read(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
