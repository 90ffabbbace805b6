"""Fragments that ask again while something is under way, and what they get when it has ended."""

from typing import Any

from flask import Response, make_response


def whole_page(page: Any) -> Response:
    """Answer a fragment with its whole page: it is morphed in, so focus and scrolling stay."""
    answer = make_response(page)
    answer.headers["HX-Retarget"] = answer.headers["HX-Reselect"] = "#main"
    answer.headers["HX-Reswap"] = "outerMorph"
    return answer
