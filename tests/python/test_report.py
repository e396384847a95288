# SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
# SPDX-License-Identifier: Apache-2.0
"""What a report sends, whatever its arguments are."""

import importlib
import json
import platform

import pytest

FIELDS = """nemoSource sessionId nemoguardrailsVersion pythonVersion platform osName colangVersion llmProviders numRailsConfigured
railTypesInUse tracingEnabled deploymentType railsEngine hasKnowledgeBase streamingConfigured builtinFeatures numCustomFlows
timestamp event""".split()


def test_a_report_without_a_configuration_is_about_the_system(host, product):
    product("0.24.1")
    [event] = host.report("guardrails.report_usage()")
    assert list(event) == FIELDS
    system = {
        "nemoguardrailsVersion": "0.24.1",
        "pythonVersion": platform.python_version(),
        "platform": platform.platform(),
        "osName": platform.system(),
    }
    nothing = {
        "colangVersion": "unknown", "llmProviders": [], "numRailsConfigured": 0, "railTypesInUse": [], "tracingEnabled": False,
        "deploymentType": "library", "railsEngine": "undefined", "hasKnowledgeBase": False, "streamingConfigured": False,
        "builtinFeatures": [], "numCustomFlows": 0, "event": "startup", "nemoSource": "guardrails",
    }  # fmt: skip
    assert {name: event[name] for name in {**system, **nothing}} == {**system, **nothing}
    [envelope] = host.collector.envelopes
    assert (envelope["clientVer"], envelope["cpuArchitecture"]) == ("0.24.1", platform.machine())
    assert (envelope["sessionId"], len(envelope)) == (event["sessionId"], 30)


def test_without_the_package_the_version_is_unknown(host):
    [event] = host.report("guardrails.report_usage()")
    assert event["nemoguardrailsVersion"] == "unknown"


def test_a_version_that_is_not_one_is_unknown(host, product):
    product("not a version")
    [event] = host.report("guardrails.report_usage()")
    assert event["nemoguardrailsVersion"] == "unknown"


ARGUMENTS = [
    ("", "library", "undefined"),
    ("None, 'api', 'LLMRails'", "api", "LLMRails"),
    ("rails_engine='IORails', deployment_type='cli'", "cli", "IORails"),
    ("None, ''", "undefined", "undefined"),
    ("None, None, None", "undefined", "undefined"),
    ("None, 'bogus', 'Bogus'", "undefined", "undefined"),
    ("None, 'API', 'llmrails'", "undefined", "undefined"),
    ("None, 7, [1]", "undefined", "undefined"),
    ("None, chr(0xd800), chr(0xd800)", "undefined", "undefined"),
    ("None, Deployment.SDK, Engine.IORAILS", "sdk", "IORails"),
    ("None, Rude(), Rude()", "undefined", "undefined"),
]


def test_arguments_are_texts_of_the_vocabulary_or_undefined(host):
    program = """
        from enum import Enum
        class Deployment(str, Enum):
            SDK = "sdk"
        class Engine(str, Enum):
            IORAILS = "IORails"
        class Rude:
            def __getattribute__(self, name): raise RuntimeError(name)
            def __bool__(self): raise RuntimeError
            def __str__(self): raise RuntimeError
            def __eq__(self, other): raise RuntimeError
            __hash__ = None
    """
    calls = [f"        assert guardrails.report_usage({arguments}) is None\n" for arguments, _, _ in ARGUMENTS]
    events = host.report(program.rstrip() + "\n" + "".join(calls))
    assert [(event["deploymentType"], event["railsEngine"]) for event in events] == [all[1:] for all in ARGUMENTS]


def test_a_claimed_deployment_type_overrides_what_reports_say(host):
    program = """
        guardrails.set_deployment_type("api")
        for ignored in ["bogus", "API", "", None, 3, chr(0xd800), object()]:
            guardrails.set_deployment_type(ignored)
        guardrails.report_usage(deployment_type="library")
    """
    assert [event["deploymentType"] for event in host.report(program)] == ["api"]


def test_all_events_of_a_process_share_a_session(host):
    program = """
        assert guardrails.session_id() is None
        for _ in range(3):
            guardrails.report_usage()
        print(guardrails.session_id())
    """
    result = host.run(program)
    sessions = [event["sessionId"] for event in host.collector.wait_for(3)]
    assert sessions == [result.out.strip()] * 3


def test_heartbeats_repeat_the_first_event(host):
    program = """
        import time
        guardrails.report_usage(deployment_type="api", rails_engine="LLMRails")
        guardrails.report_usage(deployment_type="cli")
        time.sleep(0.7)
    """
    events = host.report(program, NEMO_GUARDRAILS_HEARTBEAT_INTERVAL_S="0.2")
    startup, beats = events[0], [event for event in events if event["event"] == "heartbeat"]
    assert len(events) - len(beats) == 2 and len(beats) >= 2
    for beat in beats:
        assert {name for name in FIELDS if beat[name] != startup[name]} == {"event", "timestamp"}


@pytest.mark.parametrize("interval", ["", "bad", "0", "-1"])
def test_a_heartbeat_interval_that_is_not_one_is_not_used(host, interval):
    result = host.run("print(guardrails.status()['heartbeat_interval_s'])", NEMO_GUARDRAILS_HEARTBEAT_INTERVAL_S=interval)
    assert result.out == "600.0\n", result


def test_the_endpoint_is_read_at_each_report(host, collector):
    other = importlib.import_module("collector").Collector()
    program = f"""
        import os
        guardrails.report_usage()
        os.environ["NEMO_GUARDRAILS_USAGE_STATS_SERVER"] = "{other.url}"
        guardrails.report_usage()
    """
    host.report(program)
    assert (len(collector.events), len(other.events)) == (1, 1)
    other.close()


def test_a_copy_of_each_event_is_in_the_audit_log(host):
    events = host.report("guardrails.report_usage(); guardrails.report_usage()")
    lines = (host.config_dir / "usage_stats.json").read_text().splitlines()
    assert [json.loads(line) for line in lines] == events


def test_a_preview_is_the_event_and_sends_nothing(host, product):
    product("0.24.1")
    program = """
        import json
        import stand_ins
        config = stand_ins.rails_config(rails=stand_ins.rails(input=["self check input"]))
        print(json.dumps(guardrails.preview(config, "api", "LLMRails")))
        assert guardrails.stats()["produced"] == 0
        guardrails.report_usage(config, "api", "LLMRails")
    """
    result = host.run(program)
    [sent] = host.collector.wait_for(1)
    preview = json.loads(result.out)
    assert list(preview) == list(sent) and preview["builtinFeatures"] == ["self_check"]
    assert {name for name in sent if sent[name] != preview[name]} == {"sessionId", "timestamp"}


def test_the_sum_of_what_became_of_events_always_holds(host):
    program = """
        import os
        for _ in range(50):
            guardrails.report_usage()
            stats = guardrails.stats()
            assert stats["produced"] == stats["delivered"] + stats["queued"] + sum(stats["dropped"].values()), stats
        os.environ["NEMO_GUARDRAILS_USAGE_STATS_SERVER"] = "ftp://x"
        guardrails.report_usage()
        assert guardrails.flush(5)
        stats = guardrails.stats()
        assert (stats["delivered"], stats["dropped"]["bad_endpoint"]) == (50, 1), stats
    """
    assert len(host.report(program)) == 50


def test_a_flush_takes_seconds_and_says_whether_all_is_delivered(host):
    program = """
        import time
        assert guardrails.flush() is True
        for wrong in (-1, float("nan"), -float("inf")):
            try:
                guardrails.flush(wrong)
            except ValueError as error:
                assert str(error) == f"`timeout` is not a number of seconds: {wrong}", error
            else:
                raise SystemExit(f"{wrong} is taken")
        guardrails.report_usage()
        start = time.monotonic()
        assert guardrails.flush(timeout=0.12) is False
        assert 0.1 < time.monotonic() - start < 4  # a request may take 5
    """
    import socket

    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        host.report(program, NEMO_GUARDRAILS_USAGE_STATS_SERVER=url)


def test_an_endless_flush_can_be_interrupted(host):
    program = """
        import signal
        def interrupt(*_):
            raise KeyboardInterrupt
        signal.signal(signal.SIGALRM, interrupt)
        guardrails.report_usage()
        signal.setitimer(signal.ITIMER_REAL, 0.1)
        try:
            guardrails.flush(float("inf"))
        except KeyboardInterrupt:
            print("interrupted")
    """
    import socket

    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        result = host.run(program, NEMO_GUARDRAILS_USAGE_STATS_SERVER=url)
    assert result.out == "interrupted\n", result
