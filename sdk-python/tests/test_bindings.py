"""Bindings of dependencies, as the generator writes them (bindings.py)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import bindings
import dagger
from dagger import dag
from dagger.client import gen
from dagger.client.bindings import install


@pytest.fixture(autouse=True)
def installed() -> Iterator[None]:
    """The bindings are part of the SDK, and no longer after the test."""
    package, client = set(vars(dagger)), set(vars(gen.Client))
    install(bindings)
    yield
    for owner, before in ((dagger, package), (gen.Client, client)):
        for name in set(vars(owner)) - before:
            delattr(owner, name)


def test_a_constructor_is_a_method_of_dag(api, run):
    api.on("lint", {"ci": {"withLevel": {"lint": "clean"}}})
    ci = dag.ci(python="3.13").with_level(bindings.CiSeverity.VERY_HIGH)
    assert isinstance(ci, bindings.Ci)
    assert run(ci.lint("a", level=bindings.CiSeverity.None_, names=["x"])) == "clean"
    assert api.documents == [
        '{ci(python: "3.13"){withLevel(level: VERY_HIGH){lint(from: "a", level: None, names: ["x"])}}}'
    ]


def test_defaults_are_left_to_the_module(api, run):
    api.on("lint", {"ci": {"lint": "clean"}})
    run(dag.ci().lint("a"))
    assert api.documents == ['{ci{lint(from: "a")}}']


def test_objects_of_a_list_continue_from_their_ids(api, run):
    api.on("list{id}", {"ci": {"list": [{"id": "CiReport@1"}]}})
    api.on("... on CiReport{ok", {"node": {"ok": True}})
    (report,) = run(dag.ci().list_())
    assert run(report.ok()) is True


def test_an_object_is_seen_as_an_interface(api, run):
    api.on("asCiDuck{id}", {"pond": {"mallard": {"asCiDuck": {"id": "PondMallard@1"}}}})
    api.on("listen", {"ci": {"listen": 3}})
    duck = dag.pond().mallard().as_ci_duck()
    assert isinstance(duck, bindings.CiDuck)
    assert run(dag.ci().listen(duck)) == 3
    assert api.documents[-1] == '{ci{listen(duck: "PondMallard@1")}}'


def test_types_are_members_of_the_package():
    assert dagger.CiReport is bindings.CiReport
    assert dagger.CiSeverity("LOW") is bindings.CiSeverity.LOW
