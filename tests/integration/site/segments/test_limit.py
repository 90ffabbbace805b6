"""Whoever guesses at credentials is slowed down; whoever has them is not."""

from app.extensions import limiter
from tests.integration.site.segments.sending import encoded, post

HEARTBEAT = encoded("heartbeat", {})


def test_wrong_credentials_are_refused_after_a_while_and_right_ones_do_not_count(app, monkeypatch):
    monkeypatch.setattr(limiter, "enabled", True)
    app.config.update(RATELIMIT_ENABLED=True, WRONG_CREDENTIALS_LIMIT="3 per year")
    limiter.init_app(app)

    right = [post(app, HEARTBEAT, f"m-{number}").status_code for number in range(5)]
    wrong = [post(app, HEARTBEAT, "m", secret="wrong") for _number in range(5)]

    assert right == [200] * 5
    assert [answer.status_code for answer in wrong] == [401, 401, 401, 429, 429]
    assert wrong[-1].headers["Retry-After"] == "60"
    assert wrong[-1].json["code"] == "too_many_requests"
