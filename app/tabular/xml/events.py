"""XML read as text in pieces: elements begin and end, on known lines; DTDs are refused."""

from typing import Protocol
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl, Locator

from defusedxml.common import DefusedXmlException
from defusedxml.expatreader import DefusedExpatParser

from app.tabular.files.decoding import LONGEST_RECORD
from app.tabular.files.source import FileUnreadable, NotRecognised

PIECE = 1 << 16
DEEPEST = 200
_INSTANCE = "xsi:"
_NIL = "xsi:nil"
_PAGES = {"html": "an HTML page", "svg": "an SVG picture"}


class Listener(Protocol):
    """Is told what the XML holds; names come without their namespace's prefix."""

    def begin(self, name: str, attributes: dict[str, str], line: int, *, is_nil: bool) -> None:
        """Take the beginning of an element."""

    def end(self) -> None:
        """Take the end of the last element that is open."""

    def text(self, content: str) -> None:
        """Take text of the last element that is open."""


class Readable(Protocol):
    """Text to be read in pieces."""

    def read(self, size: int = ..., /) -> str:
        """Return as many characters, fewer at the end."""


class XmlParser:
    """Feeds text to a parser that tells a listener; raises FileUnreadable at the first fault."""

    def __init__(self, listener: Listener) -> None:
        self._parser = DefusedExpatParser(forbid_dtd=True)
        self._handler = _Handler(listener, self._parser)
        self._parser.setContentHandler(self._handler)
        self._is_begun = False

    def feed(self, text: str) -> None:
        """Parse the next piece."""
        if not self._is_begun:
            text = text.removeprefix("\ufeff")
        self._is_begun = self._is_begun or bool(text)
        self._parse(text, is_last=False)
        self._handler.characters_since_event += len(text)
        if self._handler.characters_since_event > LONGEST_RECORD:
            raise _too_long(self._handler.line)

    def finish(self) -> None:
        """Take the end of the text; raise FileUnreadable where the XML is not complete."""
        if not self._is_begun:
            hint = "Choose a file with at least one record."
            raise FileUnreadable("empty_file", "The file is empty.", hint)
        self._parse("", is_last=True)

    def _parse(self, text: str, *, is_last: bool) -> None:
        try:
            if is_last:
                self._parser.close()
            elif text:
                self._parser.feed(text)
        except DefusedXmlException:
            raise _forbidden(self._handler.line) from None
        except SAXParseException as failure:
            raise _not_well_formed(failure, is_last=is_last) from None


class _Handler(ContentHandler):
    """Turns what the parser tells into what a listener is told."""

    def __init__(self, listener: Listener, where: Locator) -> None:
        super().__init__()
        self._listener = listener
        self._depth = 0
        self._where = where
        self.characters_since_event = 0

    @property
    def line(self) -> int:
        return self._where.getLineNumber() or 1

    # The names from here on are those of the standard library's interface.

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802
        self.characters_since_event = 0
        self._depth += 1
        short = _short(name)
        if self._depth > DEEPEST:
            message = f"Elements are nested deeper than {DEEPEST} levels."
            raise FileUnreadable("too_deep", message, "Send flat records.", line=self.line)
        if self._depth == 1 and short.lower() in _PAGES:
            kind = _PAGES[short.lower()]
            message = f"The file looks like {kind}, which cannot be read as a table."
            raise NotRecognised(message, "Send the records as XML, JSON or delimited text.")
        if not len(attrs):
            self._listener.begin(short, {}, self.line, is_nil=False)
            return
        items = dict(attrs.items())
        plain = {_short(key): value for key, value in items.items() if not _is_technical(key)}
        is_nil = items.get(_NIL) in ("true", "1")
        self._listener.begin(short, plain, self.line, is_nil=is_nil)

    def endElement(self, name: str) -> None:  # noqa: N802
        self.characters_since_event = 0
        self._depth -= 1
        self._listener.end()

    def characters(self, content: str) -> None:
        self._listener.text(content)


def _short(name: str) -> str:
    return name if ":" not in name else name.rpartition(":")[2] or name


def _is_technical(name: str) -> bool:
    return name == "xmlns" or name.startswith(("xmlns:", _INSTANCE))


def _not_well_formed(failure: SAXParseException, *, is_last: bool) -> FileUnreadable:
    line, column = int(failure.getLineNumber() or 1), int(failure.getColumnNumber() or 0) + 1
    if is_last:
        message = f"The file ends in line {line:,} before its XML is complete."
        hint = "The file was cut off: send it again from its start."
        return FileUnreadable("bad_syntax", message, hint, line=line)
    message = f"The XML is broken in line {line:,}, sign {column:,}."
    hint = "Check tags and the signs & and < there, then export the file again."
    return FileUnreadable("bad_syntax", message, hint, line=line, column=str(column))


def _forbidden(line: int) -> FileUnreadable:
    return FileUnreadable(
        "forbidden_xml",
        "The XML has a document type (DOCTYPE), which is refused by design: it can make a small "
        "file endless, or read others.",
        "Remove the DOCTYPE and the entities it declares.",
        line=line,
    )


def _too_long(line: int) -> FileUnreadable:
    message = f"A tag or text is longer than {LONGEST_RECORD:,} characters."
    hint = "Check that every tag and quote is closed."
    return FileUnreadable("field_too_long", message, hint, line=line)
