"""Prints the comments and links of a workbook, each with its cell and its colour: comments.py FILE"""

import sys

import openpyxl

for sheet in openpyxl.load_workbook(sys.argv[1]):
    for row in sheet.iter_rows():
        for cell in row:
            if cell.comment:
                print(sheet.title, cell.coordinate, cell.fill.start_color.rgb, cell.comment.text.strip())
            if cell.hyperlink:
                print(sheet.title, cell.coordinate, "#" + cell.hyperlink.location)
