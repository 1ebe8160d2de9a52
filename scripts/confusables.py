#!/usr/bin/env python3
"""Writes Sources/QAShared/Domain/Confusables.swift: characters that look like Latin letters and digits.

The data are those of Unicode Technical Standard 39 as ICU has them (Debian: libicu72), together with compatibility
decompositions. Run it again when ICU is a newer one; the file it writes is part of the sources.
"""

import ctypes
import glob
import pathlib
import re
import unicodedata

TARGET = pathlib.Path(__file__).parent.parent / "Sources/QAShared/Domain/Confusables.swift"


class Spoof:
    def __init__(self):
        libraries = sorted(glob.glob("/usr/lib/*/libicui18n.so.*"))
        assert libraries, "ICU is missing: apt-get install libicu72"
        self.version = re.search(r"\.so\.(\d+)", libraries[-1])[1]
        self.library = ctypes.CDLL(libraries[-1])
        opened = getattr(self.library, f"uspoof_open_{self.version}")
        opened.restype = ctypes.c_void_p
        self.checker = ctypes.c_void_p(opened(ctypes.byref(ctypes.c_int(0))))

    def skeleton(self, character):
        raw, out, status = character.encode(), ctypes.create_string_buffer(256), ctypes.c_int(0)
        count = getattr(self.library, f"uspoof_getSkeletonUTF8_{self.version}")(
            self.checker, 0, raw, len(raw), out, 256, ctypes.byref(status))
        return out.raw[:count].decode() if status.value <= 0 else character


def plain(text):
    text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).casefold()
    return text if text.isascii() and text.isalnum() else None


def looks_like(character, spoof):
    """What a character is read as; "1" for what may be an i as well as an l."""
    meant, seen = plain(character), plain(spoof.skeleton(character))
    if seen in ("i", "l") and meant != seen:
        return "1"
    found = meant or seen
    return found if found and (len(found) == 1 or unicodedata.category(character)[0] == "L" and found.isalpha()) else None


def main():
    spoof = Spoof()
    found = {}
    for value in range(0x80, 0x110000):
        character = chr(value)
        if unicodedata.category(character) in ("Cs", "Cn", "Co") or unicodedata.normalize("NFD", character) != character:
            continue
        if read := looks_like(character, spoof):
            found.setdefault(read, []).append(value)
    lines = []
    for read in sorted(found):
        line = read + ":"
        for value in found[read]:
            if len(line) > 104:
                lines.append(line)
                line = read + ":"
            line += f" {value:x}"
        lines.append(line)
    assert len(lines) < 360, len(lines)
    rows = "\n".join("        " + line for line in lines)
    TARGET.write_text(f'''// Characters that look like Latin letters and digits; written by scripts/confusables.py.

/// Unicode Technical Standard 39 as ICU {spoof.version} has it, with compatibility decompositions.
enum Confusables {{
    /// What a character is read as, followed by such characters; "1" stands for what may be an i or an l.
    static let table = """
{rows}
        """
}}
''')
    print(f"{sum(map(len, found.values()))} characters in {len(lines)} lines")


if __name__ == "__main__":
    main()
