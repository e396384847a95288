# SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
# SPDX-License-Identifier: Apache-2.0
"""The package: its types, what it imports, and interpreters that it does not support."""

import ast
import inspect
import sys
from pathlib import Path

import nemo_telemetry
import pytest
from nemo_telemetry import guardrails

PACKAGE = Path(nemo_telemetry.__file__).parent


def test_the_package_is_typed():
    assert (PACKAGE / "py.typed").exists()


def test_the_stub_has_the_names_of_the_module():
    [stub] = [node for node in ast.parse((PACKAGE / "_native.pyi").read_text()).body if isinstance(node, ast.ClassDef)]
    declared = {node.name for node in stub.body}
    assert declared == {name for name in dir(guardrails._native) if not name.startswith("_")}
    for node in stub.body:
        if isinstance(node, ast.FunctionDef):
            names = [argument.arg for argument in node.args.args]
            assert names == list(inspect.signature(getattr(guardrails._native, node.name)).parameters), node.name


@pytest.mark.parametrize("name", guardrails.__all__)
def test_everything_public_is_documented(name):
    assert getattr(guardrails, name).__doc__.strip()


def test_the_type_of_the_event_has_its_fields():
    assert list(guardrails.GuardrailsUsageEvent.__annotations__) == list(guardrails.preview())


def test_an_import_loads_nothing_else(host):
    program = """
        import sys
        before = set(sys.modules)
        from nemo_telemetry import guardrails
        new = set(sys.modules) - before
        print(*(name for name in new if not name.startswith("nemo_telemetry")))
    """
    loaded = host.python("-c", __import__("textwrap").dedent(program)).out.split()
    assert set(loaded) <= {"types"}  # of which there is little


def test_a_free_threaded_interpreter_is_refused(host):
    program = f"""
import sys
sys.path.insert(0, {str(PACKAGE.parent)!r})
sys.version = "3.14.0 free-threading build (main)"
try:
    import nemo_telemetry
except ImportError as error:
    print(error)
"""
    out = host.python("-c", program).out
    assert out.startswith("`nemo_telemetry` does not support free-threaded Python") and "\nhelp: " in out


@pytest.mark.skipif(sys.version_info < (3, 12), reason="an interpreter of its own needs `_xxsubinterpreters` or `_interpreters`")
def test_a_subinterpreter_is_refused_and_the_main_one_goes_on(host):
    program = """
        try:
            import _interpreters as interpreters
        except ImportError:
            import _xxsubinterpreters as interpreters
        other = interpreters.create()
        refused = '''if True:
            try:
                from nemo_telemetry import guardrails
            except ImportError as error:
                print("refused:", error, flush=True)
        '''
        guardrails.report_usage()
        interpreters.run_string(other, refused)
        guardrails.report_usage()
    """
    result = host.run(program)
    assert result.code == 0 and result.out.startswith("refused: ") and "subinterpreter" in result.out, result
    assert len(host.collector.events) == 2
