"""Writes one table in many forms into a folder, each by another program than ours.

    write.py FOLDER

The counties, indicators and figures are the same in all of them; what differs is what clerks do differently. Forms whose
name begins with `yuan` hold money in yuan, which claims more digits than 万元 does.
"""

import csv
import io
import pathlib
import subprocess
import sys

import openpyxl
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

FOLDER = pathlib.Path(sys.argv[1])
UNITS = ["禹城市", "齐河县", "临邑县", "平原县"]
CODES = ["371482", "371425", "371424", "371426"]
INDICATORS = ["纳税企业数", "捐款捐物总额", "培训场次"]
FIRMS = [6989, "2000余", 12345, "近3000"]
DONATIONS = [16999, 1234.5, "—", "900多万元"]
DONATIONS_IN_100M = [1.6999, 0.12345, "—", "900多万"]
DONATIONS_IN_YUAN = [169990000, 12345000, "—", "900多万"]
SESSIONS = ["230余", 0, "近100", 12]
COLUMNS = [FIRMS, DONATIONS, SESSIONS]

WIDE_HEADER = ["县区", "纳税企业数（家）", "捐款捐物总额（万元）", "培训场次（场次）"]
WIDE = [WIDE_HEADER] + [list(row) for row in zip(UNITS, *COLUMNS)]
TITLES = [["德州市工商联系统2022年度主要指标"], [], ["填报单位：德州市工商联", "", "", "2023年1月10日"]]
NOTES = [[], ["注：捐款捐物含实物折价。"], ["填报人：张三", "", "审核人：李四"]]
TOTAL = ["合计", "约2.5万", "—", "—"]
LONG = [["地区", "指标", "数值", "单位"]] + [
    [unit, indicator, values[row], measure]
    for row, unit in enumerate(UNITS)
    for indicator, measure, values in zip(INDICATORS, ["家", "万元", "场次"], COLUMNS)
]
TRANSPOSED = [["指标", "计量单位", *UNITS]] + [
    [f"{at}、{name}", measure, *values]
    for at, (name, measure, values) in enumerate(zip(INDICATORS, ["家", "万元", "场次"], COLUMNS), 1)
]
TWO_ROW_HEADER = [
    ["序号", "县（市、区）", "服务", "", "教育", "备注"],
    ["", "", "纳税企业数", "捐款捐物总额", "培训场次", ""],
    ["", "", "家", "万元", "场次", ""],
] + [[at, *row, ""] for at, row in enumerate(zip(UNITS, *COLUMNS), 1)]


def delimited(rows, delimiter=",", end="\n"):
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator=end).writerows(rows)
    return text.getvalue()


def put(name, content):
    (FOLDER / name).write_bytes(content)


def replaced(rows, change):
    return [rows[0]] + [[row[0], *map(change, row[1:])] for row in rows[1:]]


def grouped(value):
    return f"{value:,}" if isinstance(value, (int, float)) else value


def full_width(value):
    return str(value).translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789.,"})


def with_words(row):
    words = ["家", "万元", "场次"]
    told = [f"{v}{w}" if v != "—" and not str(v).endswith("元") else v for v, w in zip(row[1:], words)]
    return [row[0], *told]


def money(unit, values):
    header = ["县区", "纳税企业数", f"捐款捐物总额（{unit}）", "培训场次"]
    return [header] + [list(row) for row in zip(UNITS, FIRMS, values, SESSIONS)]


def texts():
    wide = delimited(WIDE)
    put("utf-8.csv", wide.encode())
    put("utf-8-mark-crlf.csv", delimited(WIDE, end="\r\n").encode("utf-8-sig"))
    put("line-ends-of-old-macs.csv", delimited(WIDE, end="\r").encode())
    put("gb18030.csv", delimited(WIDE, end="\r\n").encode("gb18030"))
    put("utf-16-le-tabs.txt", delimited(WIDE, "\t", "\r\n").encode("utf-16"))
    put("utf-16-be.csv", b"\xfe\xff" + wide.encode("utf-16-be"))
    put("utf-16-le-without-mark.csv", wide.encode("utf-16-le"))
    put("tabs.tsv", delimited(WIDE, "\t").encode())
    put("semicolons.csv", delimited(WIDE, ";").encode())
    put("titles-total-notes.csv", delimited(TITLES + WIDE + [TOTAL] + NOTES).encode())
    put("two-row-header.csv", delimited(TITLES + TWO_ROW_HEADER + NOTES).encode("gb18030"))
    put("long.csv", delimited(LONG).encode())
    put("long-by-code.csv", delimited([LONG[0]] + [[CODES[UNITS.index(r[0])], *r[1:]] for r in LONG[1:]]).encode())
    put("transposed.csv", delimited(TRANSPOSED).encode())
    put("full-width.csv", delimited(replaced(WIDE, full_width)).encode())
    put("thousands.csv", delimited(replaced(WIDE, grouped)).encode())
    bare = [["县区", *INDICATORS]] + [with_words(row) for row in WIDE[1:]]
    put("units-in-cells.csv", delimited(bare).encode())
    put("hundred-millions.csv", delimited(money("亿元", DONATIONS_IN_100M)).encode())
    put("yuan.csv", delimited(money("元", DONATIONS_IN_YUAN)).encode())
    words = {"2000余": (2000, "余"), "近3000": (3000, "近"), "900多万元": (900, "多"), "230余": (230, "余"), "近100": (100, "近")}
    split = [["指标代码", "县区", "上年数（2021年）", "本年数（2022年）", "单位", "限定词"]]
    names = {"纳税企业数": "taxpaying_firms", "捐款捐物总额": "donations_total", "培训场次": "training_sessions"}
    for unit, indicator, value, measure in LONG[1:]:
        value, word = words.get(value, (value, ""))
        split.append([names[indicator], unit, 1, value, measure, word])
    put("word-in-a-column-of-its-own.csv", delimited(split).encode("utf-8-sig"))


def sheet_of(book, title, rows):
    sheet = book.create_sheet(title)
    for row in rows:
        sheet.append(row)
    return sheet


def book():
    made = openpyxl.Workbook()
    made.remove(made.active)
    return made


def workbooks():
    plain = book()
    sheet_of(plain, "数据", WIDE)
    plain.save(FOLDER / "openpyxl.xlsx")

    merged = book()
    sheet_of(merged, "填表说明", [["请于1月15日前报送"], ["捐款捐物按万元填写"]])
    sheet = sheet_of(merged, "数据", TITLES + TWO_ROW_HEADER + NOTES)
    for area in ["A1:F1", "A4:A6", "B4:B6", "C4:D4", "F4:F6"]:
        sheet.merge_cells(area)
    merged.save(FOLDER / "merged.xlsx")

    down = book()
    sheet = sheet_of(down, "明细", LONG)
    for first in range(2, len(LONG) + 1, 3):
        sheet.merge_cells(f"A{first}:A{first + 2}")
    down.save(FOLDER / "merged-downwards.xlsx")

    aside = book()
    sheet = aside.create_sheet("Sheet1")
    for at, row in enumerate(WIDE):
        for column, value in enumerate(row):
            sheet.cell(row=at * 2 + 7, column=column * 2 + 4, value=value)
    sheet.cell(row=1_048_576, column=1).number_format = "0.00"
    aside.save(FOLDER / "aside-with-gaps.xlsx")

    formulas = book()
    rows = [[f"={value}-1+1" if isinstance(value, int) else value for value in row] for row in WIDE]
    sheet_of(formulas, "数据", rows)
    (FOLDER / "sources").mkdir(exist_ok=True)
    formulas.save(FOLDER / "sources" / "libreoffice-formulas.xlsx")

    old = xlwt.Workbook()
    sheet = old.add_sheet("数据")
    for at, row in enumerate(TITLES + WIDE + NOTES):
        for column, value in enumerate(row):
            sheet.write(at, column, value)
    old.save(str(FOLDER / "xlwt.xls"))


def open_document():
    document = OpenDocumentSpreadsheet()
    table = Table(name="数据")
    for row in WIDE:
        line = TableRow()
        for value in row:
            is_number = isinstance(value, (int, float))
            cell = TableCell(valuetype="float", value=value) if is_number else TableCell(valuetype="string")
            cell.addElement(P(text=str(value)))
            line.addElement(cell)
        table.addElement(line)
    document.spreadsheet.addElement(table)
    document.save(str(FOLDER / "odfpy.ods"))


def libre_office():
    sources = FOLDER / "sources"
    put("sources/libreoffice.csv", delimited(TITLES + WIDE + NOTES).encode())
    # Comma, quotation mark, UTF-8: how it is to read the text.
    reading = "--infilter=CSV:44,34,76"
    for kind in ["xlsx", "ods", "xls"]:
        convert(kind, [reading], sources / "libreoffice.csv")
    convert("xlsx", [], sources / "libreoffice-formulas.xlsx")


def convert(kind, options, path):
    profile = f"-env:UserInstallation=file://{FOLDER.resolve()}/sources/profile"
    command = ["soffice", profile, "--headless", *options, "--convert-to", kind, "--outdir", str(FOLDER), str(path)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


texts()
workbooks()
open_document()
libre_office()
