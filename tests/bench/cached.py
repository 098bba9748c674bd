"""A pipeline of which every step is cached, against `buildctl build` of the same steps through the same engine."""

from pathlib import Path

import llb
from engine import Engine
from process import Command, alternate, run
from table import Row, compared

MODULE = Path(__file__).resolve().parents[2] / "modules" / "ci-python"
IMAGE = "docker.io/library/python:3.12-slim"
PATH = "PATH=/usr/local/bin:/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin"
DOCKERFILE = """\
FROM python:3.12-slim
WORKDIR /app
COPY requirements.txt .
RUN pip install --no-cache-dir -r requirements.txt
COPY . .
RUN python -m pytest -v
"""


def pipeline() -> bytes:
    """The steps of `Ci.test`: requirements, pip, application, pytest."""
    application = llb.source("local://app")
    step = llb.copy(application, "/requirements.txt", llb.source(f"docker-image://{IMAGE}"), "/app/requirements.txt")
    step = llb.execute(step, ["pip", "install", "--no-cache-dir", "-r", "requirements.txt"], [PATH], "/app")
    step = llb.copy(application, "/", step, "/app")
    return llb.definition(llb.execute(step, ["python", "-m", "pytest", "-v"], [PATH], "/app"))


def rows(engine: Engine, times: int) -> list[Row]:
    """Whole processes. The product also reads and prints pytest's report; `buildctl` prints no result of its own."""
    application = MODULE / "example-app"
    ours = Command(["dockwright", "call", "test", "--source=example-app"], MODULE, expect=" passed")
    steps = engine.build(pipeline(), app=application)
    dockerfile = engine.dockerfile(DOCKERFILE, engine.buildctl.parent, application)
    for command in (ours, steps, dockerfile):
        run(command)
    product, same, written = alternate(times, lambda: ours, lambda: steps, lambda: dockerfile)
    return [
        compared("cached call test", product, same, "buildctl, same steps", 0.6),
        compared("cached call test", product, written, "buildctl, a Dockerfile"),
        Row("cached call test: CPU", product.cpu, against=same.cpu, runs=times, note="clients, buildctl's same steps"),
    ]
