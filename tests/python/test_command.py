# SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
# SPDX-License-Identifier: Apache-2.0
"""`python -m nemo_telemetry` is the command `nemo-telemetry`."""

import json


def command(host, *arguments, **env):
    return host.python("-m", "nemo_telemetry", *arguments, **env)


def test_status_says_what_decides(host):
    on, off = command(host, "status", "--json"), command(host, "status", "--json", DO_NOT_TRACK="1")
    assert (json.loads(on.out)["enabled"], json.loads(off.out)["enabled"]) == (True, False)


def test_disable_and_enable_write_and_remove_the_marker(host):
    for arguments, enabled in [(["disable"], "False"), (["enable"], "True")]:
        assert command(host, *arguments).code == 0
        assert host.run("print(guardrails.is_enabled())").out.strip() == enabled


def test_inspect_reads_a_configuration_from_files(host):
    (host.home / "config.yml").write_text("rails:\n  input:\n    flows: [jailbreak detection heuristics]\n")
    result = command(host, "inspect", "--json", str(host.home))
    assert result.code == 0, result
    assert json.loads(result.out)["builtinFeatures"] == ["jailbreak_detection"]


def test_audit_shows_what_was_sent(host):
    host.report("guardrails.report_usage()")
    assert "guardrails_usage_event" in command(host, "audit").out or "startup" in command(host, "audit").out


def test_bad_usage_is_exit_code_2(host):
    result = command(host, "statsu")
    assert result.code == 2 and "nemo-telemetry" in result.err, result


def test_help_is_exit_code_0(host):
    assert command(host, "--help").code == 0


def test_a_reader_that_has_seen_enough_disturbs_nothing(host):
    process = host.start("-m", "nemo_telemetry", "schema")
    process.stdout.close()
    process.stdout = None
    assert process.wait(20) in (0, 141)  # it ends before the output is closed, or as shells report it for SIGPIPE
    assert process.stderr.read() == ""
    process.stderr.close()
