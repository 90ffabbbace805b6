"""The records of XLSB parts, and of the sheets in XLS: a number for the kind, a size, content."""

from collections.abc import Iterator

ROW = 0
ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}


def records_of_xlsb(part: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the kind and the content of each record; what is cut off is shorter than it says."""
    place = 0
    while place < len(part):
        kind, place = _variable(part, place, 2)
        size, place = _variable(part, place, 4)
        yield kind, part[place : place + size]
        place += size


def number_at(content: bytes, place: int, size: int = 4) -> int:
    """Return the number that a record has at a place."""
    return int.from_bytes(content[place : place + size], "little")


def text_at(content: bytes, place: int) -> tuple[str, int]:
    """Return the text that a record of XLSB has at a place, and where it ends."""
    start, end = place + 4, place + 4 + 2 * number_at(content, place)
    return content[start:end].decode("utf-16-le", "replace"), end


def _variable(content: bytes, place: int, most: int) -> tuple[int, int]:
    """Return a number of one to four bytes, seven bits in each, and where it ends."""
    number = 0
    for shift in range(most):
        if place >= len(content):
            break
        byte, place = content[place], place + 1
        number |= (byte & 0x7F) << (7 * shift)
        if byte < 0x80:
            break
    return number, place
