from __future__ import annotations

import pytest

from dagger.names import camel_case, namespaced, pascal_case, snake_case


@pytest.mark.parametrize(
    ("python", "api"),
    [("with_exec", "withExec"), ("from_", "from"), ("importAll", "importAll"), ("_a_b", "aB"), ("x", "x")],
)
def test_camel_case(python, api):
    assert camel_case(python) == api


def test_other_cases():
    assert pascal_case("my-module") == pascal_case("my_module") == "MyModule"
    assert snake_case("withExec") == "with_exec"
    assert snake_case("HTTPServer") == "http_server"


def test_types_are_prefixed_once():
    assert namespaced("ci", "Ci") == "Ci"
    assert namespaced("ci", "Report") == "CiReport"
    assert namespaced("ci", "CiReport") == "CiReport"
    assert namespaced("ci", "Cipher") == "CiCipher"
