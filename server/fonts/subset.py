"""Makes the fonts of pictures from Debian's Noto Sans CJK: see README.md.

    pip install fonttools==4.68.0
    python3 subset.py [folder of NotoSansCJK-*.ttc]

The same input gives the same bytes.
"""
import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTCollection

HERE = Path(__file__).parent
DEFINITIONS = HERE / "../../data/definitions"
WEIGHTS = ["Regular", "Bold"]
FAMILY = "Noto Sans CJK SC"

# Whole blocks, as far as the font has them: who names a firm or a source does not ask which letters a list has.
BLOCKS = [
    (0x0020, 0x007E),  # ASCII
    (0x00A0, 0x017F),  # Latin-1 and Latin Extended-A: pinyin and the languages of Europe
    (0x01CD, 0x01DC),  # pinyin's third tones
    (0x0391, 0x03C9),  # Greek
    (0x0410, 0x0451),  # Russian
    (0x2010, 0x2040),  # dashes, quotation marks, per mille
    (0x2070, 0x209C),  # superscripts and subscripts
    (0x20A0, 0x20BF),  # currencies
    (0x2100, 0x218B),  # letter-like symbols and numerals
    (0x2190, 0x22FF),  # arrows and mathematics
    (0x2460, 0x24FF),  # numbers in circles
    (0x2500, 0x26FF),  # shapes and signs
    (0x3000, 0x30FF),  # Chinese punctuation, kana
    (0x3220, 0x33FF),  # characters in circles, units
    (0xFE10, 0xFE6F),  # forms of punctuation
    (0xFF01, 0xFFEE),  # wide forms
    (0xFFFD, 0xFFFD),  # what stands for a character that is not here
]


def gb2312():
    """Both levels of characters, and the signs, of the standard of 1980."""
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            try:
                yield ord(bytes([row, cell]).decode("gb2312"))
            except UnicodeDecodeError:
                pass


def wanted():
    codes = {code for first, last in BLOCKS for code in range(first, last + 1)}
    codes.update(gb2312())
    for file in DEFINITIONS.glob("*.csv"):
        codes.update(map(ord, file.read_text(encoding="utf-8")))
    return codes


def subset(collection, weight):
    font = next(font for font in collection.fonts if font["name"].getDebugName(1) == FAMILY)
    options = Options()
    # Widths are those of our own table, so nothing may move a letter: no kerning, no ligature, no other form.
    options.layout_features = []
    options.drop_tables += ["BASE", "GDEF", "GPOS", "GSUB", "VORG", "vhea", "vmtx", "DSIG"]
    options.hinting = False
    options.glyph_names = False
    options.notdef_outline = True
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.name_languages = [0x409]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=wanted())
    subsetter.subset(font)
    # The time of the original, not of this run.
    font.recalcTimestamp = False
    file = HERE / f"NotoSansCJKsc-{weight}.otf"
    font.save(file)
    print(f"{file.name}: {len(font.getBestCmap())} characters, {file.stat().st_size} bytes")


folder = Path(sys.argv[1] if len(sys.argv) > 1 else "/usr/share/fonts/opentype/noto")
for weight in WEIGHTS:
    subset(TTCollection(folder / f"NotoSansCJK-{weight}.ttc"), weight)
