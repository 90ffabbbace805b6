"""The page of patterns is made as every page is, and is for developers only."""


def test_the_patterns_are_shown_while_developing(app, pages):
    app.debug = True

    page = pages.get("/patterns")

    assert page.status == 200
    assert page.h1 == ["Patterns"]


def test_the_patterns_are_not_there_otherwise(pages):
    assert pages.get("/patterns").status == 404
