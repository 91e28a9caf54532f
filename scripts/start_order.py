"""Writes the order in which the release build lays out the file, from traces of what starts touch.

Usage: start_order.py LINK_MAP TRACE… >start-order.txt

The traces are those of valgrind's lackey, the most frequent kind of start first. LINK_MAP is that
of the linker, with names as they are stored in the file.
"""

import re
import sys
from bisect import bisect_right
from collections import Counter

MAP_LINE = re.compile(r" *([0-9a-f]+) +[0-9a-f]+ +([0-9a-f]+) +\d+ ( *)(.*)")
# The C library has a variant of these for each kind of processor; the tracer's is not the user's.
VARIANT = re.compile(r"(__(?:mem|str|wcs|wmem)\w+?)_(?:sse2|avx2?|evex)\w*")


class Section:
    """A piece of the file that the linker moves as a whole, by any symbol in it."""

    def __init__(self, start, size):
        self.start, self.size = start, size
        self.symbols = []


def read_sections(path):
    found = []
    with open(path, errors="replace") as lines:
        for line in lines:
            match = MAP_LINE.fullmatch(line.rstrip("\n"))
            if not match:
                continue
            start, size, indent = int(match[1], 16), int(match[2], 16), len(match[3])
            if indent == 8 and size:
                found.append(Section(start, size))
            elif indent == 16 and found and start < found[-1].start + found[-1].size:
                found[-1].symbols.append(match[4])
    found.sort(key=lambda section: section.start)
    return found


def touched(path, sections):
    """The sections that a trace touches, those that it uses most fully first.

    The kernel maps 16 pages around the one that is asked for, so what is used is best packed; of a
    large section that is used a little, the parts in use lie anywhere.
    """
    starts = [section.start for section in sections]
    words, seen = Counter(), set()
    with open(path, errors="replace") as lines:
        for line in lines:
            if line[:2] not in ("I ", " L", " S", " M"):
                continue
            word = int(line[3:].split(",")[0], 16) >> 3
            if word in seen:
                continue
            seen.add(word)
            index = bisect_right(starts, word * 8 + 7) - 1
            if index >= 0 and word * 8 < sections[index].start + sections[index].size:
                words[index] += 1
    fullness = {sections[index]: count * 8 / sections[index].size for index, count in words.items()}
    return sorted(fullness, key=lambda section: -fullness[section])


def with_variants(chosen, sections):
    """`chosen`, each function of the C library followed by its variants for other processors."""
    variants = {}
    for section in sections:
        for symbol in section.symbols:
            if match := VARIANT.fullmatch(symbol):
                variants.setdefault(match[1], []).append(section)
    for section in chosen:
        yield section
        for symbol in section.symbols:
            if match := VARIANT.fullmatch(symbol):
                yield from variants[match[1]]


def main():
    sections = read_sections(sys.argv[1])
    names = Counter(symbol for section in sections for symbol in section.symbols)
    chosen = [section for path in sys.argv[2:] for section in touched(path, sections)]
    for section in dict.fromkeys(with_variants(chosen, sections)):
        # A name that several files use would move the sections of all of them.
        symbol = next((s for s in section.symbols if names[s] == 1 and " " not in s), None)
        if symbol:
            print(symbol)


main()
