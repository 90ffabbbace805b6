"""The floor of the collector: an endpoint that reads the body and answers, and nothing else."""

from flask import Flask, request

app = Flask(__name__)


@app.post("/v1/track")
@app.post("/v1/batch")
def take() -> dict[str, bool]:
    """Read the body and say that it was read."""
    request.get_data()
    return {"success": True}
