# SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
# SPDX-License-Identifier: Apache-2.0
"""Under an opt-out nothing is sent, written, started or looked up."""

import json

import pytest

ON = """
    import json
    print(json.dumps(guardrails.is_enabled()))
    guardrails.report_usage()
"""


def is_enabled(host, program=ON, **env):
    result = host.run(program, **env)
    assert (result.code, result.err) == (0, ""), result
    return json.loads(result.out)


def test_it_is_on_by_default(host):
    assert is_enabled(host) is True
    assert len(host.collector.events) == 1


VARIABLES = ["NEMO_GUARDRAILS_NO_USAGE_STATS", "DO_NOT_TRACK", "CI"]


@pytest.mark.parametrize("variable", VARIABLES)
def test_a_variable_opts_out(host, variable):
    program = f"""
        import json, os
        on = []
        for value in ["1", "true", "TRUE", "yes", "anything"]:
            os.environ["{variable}"] = value
            guardrails.report_usage()
            on.append(guardrails.is_enabled())
        print(json.dumps(on))
    """
    assert is_enabled(host, program, **{variable: "1"}) == [False] * 5
    assert host.collector.events == [] and not host.has_written()


@pytest.mark.parametrize("value", ["", "0", "false", "No", " off "])
def test_a_clear_no_does_not(host, value):
    assert is_enabled(host, NEMO_GUARDRAILS_NO_USAGE_STATS=value, DO_NOT_TRACK=value, CI=value) is True
    assert len(host.collector.events) == 1


def test_a_running_test_opts_out(host):
    assert is_enabled(host, PYTEST_CURRENT_TEST="test_x") is False
    assert host.collector.events == []


def test_a_loaded_pytest_opts_out_and_status_says_so(host):
    program = """
        import json, sys, types
        sys.modules["pytest"] = types.ModuleType("pytest")
        guardrails.report_usage()
        status = guardrails.status()
        print(json.dumps([guardrails.is_enabled(), status["enabled"], status["decided_by"]]))
        del sys.modules["pytest"]
        guardrails.report_usage()
    """
    assert is_enabled(host, program) == [False, False, "the module `pytest`, which is loaded"]
    assert len(host.collector.events) == 1


def test_modules_that_cannot_be_looked_at_opt_out(host):
    program = """
        import sys
        modules, sys.modules = sys.modules, None
        guardrails.report_usage()
        enabled = guardrails.is_enabled()
        sys.modules = modules
        print(str(enabled).lower())
    """
    assert is_enabled(host, program) is False
    assert host.collector.events == []


def test_a_marker_opts_out(host):
    host.config_dir.mkdir(parents=True)
    (host.config_dir / "do_not_track").touch()
    assert is_enabled(host) is False
    assert host.collector.events == [] and not (host.config_dir / "usage_stats.json").exists()


def test_a_variable_that_the_program_sets_opts_out_from_the_next_report_on(host):
    program = """
        import os
        guardrails.report_usage()
        guardrails.flush(5)
        os.environ["DO_NOT_TRACK"] = "1"
        guardrails.report_usage()
        del os.environ["DO_NOT_TRACK"]
        guardrails.report_usage(deployment_type="api")
    """
    assert [event["deploymentType"] for event in host.report(program)] == ["library", "api"]


def test_under_an_opt_out_nothing_is_looked_up(host):
    program = """
        import sys
        class Untouchable:
            def __getattribute__(self, name):
                raise SystemExit(f"{name} was read")
        before = set(sys.modules)
        guardrails.report_usage(Untouchable())
        new = set(sys.modules) - before
        assert not new & {"importlib.metadata", "platform", "json", "multiprocessing", "logging"}, new
        with open("/proc/self/task/%d/comm" % __import__("os").getpid()) as comm:
            assert len(__import__("os").listdir("/proc/self/task")) == 1
    """
    host.report(program, DO_NOT_TRACK="1")
    assert host.collector.events == [] and not host.has_written()
