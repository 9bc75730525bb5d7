"""The same cable schedule by Python's XlsxWriter in constant-memory mode: styled rows, read from a tab-separated file.

usage: cables-xlsxwriter.py ROWS.tsv OUT.xlsx NUMERIC_COLUMNS(comma separated, from 0)
Prints the seconds the writing took, without starting Python.
"""

import sys
import time

import xlsxwriter

source, target, numeric = sys.argv[1], sys.argv[2], {int(column) for column in sys.argv[3].split(",")}
with open(source, encoding="utf-8") as lines:
    head, *rows = [line.rstrip("\n").split("\t") for line in lines]
# Numbers arrive ready, as they do in the other program.
rows = [[float(value) if column in numeric else value for column, value in enumerate(row)] for row in rows]

start = time.perf_counter()
book = xlsxwriter.Workbook(target, {"constant_memory": True})
sheet = book.add_worksheet("Cables")
text = book.add_format({"font_name": "Arial", "font_size": 10, "num_format": "@"})
number = book.add_format({"font_name": "Arial", "font_size": 10, "align": "right", "num_format": "#,##0.0"})
bold = book.add_format({"bold": True, "font_color": "#FFFFFF", "bg_color": "#1F4E79"})
sheet.freeze_panes(1, 1)
for column, title in enumerate(head):
    sheet.write_string(0, column, title, bold)
for at, row in enumerate(rows, 1):
    for column, value in enumerate(row):
        if column in numeric:
            sheet.write_number(at, column, value, number)
        elif value:
            sheet.write_string(at, column, value, text)
sheet.autofilter(0, 0, len(rows), len(head) - 1)
book.close()
print(time.perf_counter() - start)
