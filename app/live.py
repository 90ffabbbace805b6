"""Fragments that are fetched anew, and what they get where there is no fragment to give."""

from typing import Any

from flask import Flask, Response, make_response, request


def init_app(app: Flask) -> None:
    """Let no page end up within another: what answers a fragment otherwise loads the page anew."""
    app.after_request(_load_page_anew)


def is_fragment() -> bool:
    """Tell whether a part of an open page asks, not somebody who opens a page."""
    return request.headers.get("HX-Request") == "true"


def whole_page(page: Any) -> Response:
    """Answer a fragment with its whole page: it is morphed in, so focus and scrolling stay."""
    answer = make_response(page)
    answer.headers["HX-Retarget"] = answer.headers["HX-Reselect"] = "#main"
    answer.headers["HX-Reswap"] = "outerMorph"
    return answer


def _load_page_anew(answer: Response) -> Response:
    """Where a fragment meets a redirect or a refusal, let the page meet it and say why.

    A fault of ours changes nothing: the page would only meet it again and again.
    """
    if is_fragment() and 300 <= answer.status_code < 500:
        return Response(headers={"HX-Refresh": "true", "Cache-Control": "no-store"})
    if is_fragment() and answer.status_code >= 500:
        answer.headers["HX-Reswap"] = "none"
    return answer
