# SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
# SPDX-License-Identifier: Apache-2.0
"""The environment is read under the interpreter's lock: a program may change it at any time."""

import os

import pytest

# How long each test goes on, in seconds; a minute by hand.
SECONDS = float(os.environ.get("NEMO_TELEMETRY_TEST_SECONDS", "1.5"))

PROGRAM = """
    import os, sys, threading, time
    ended = threading.Event()
    def change():
        number = 0
        while not ended.is_set():
            number += 1
            os.environ[f"SOME_VARIABLE_{number % 500}"] = "x" * (number % 700)
            os.environ.pop(f"SOME_VARIABLE_{number * 7 % 500}", None)
    changer = threading.Thread(target=change)
    changer.start()
    end = time.monotonic() + float(sys.argv[1])
    reports = 0
    while time.monotonic() < end:
        guardrails.report_usage()
        guardrails.is_enabled()
        reports += 1
        if reports % 50 == 0:
            guardrails.status()
            guardrails.flush(1)
    ended.set()
    changer.join()
    assert guardrails.flush(5)
    stats = guardrails.stats()
    assert stats["produced"] == reports and stats["requests"] > 0, stats
"""


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost"])
def test_a_thread_that_changes_the_environment_disturbs_nothing(host, name):
    """With `localhost`, a thread looks the name up, and the C library reads the environment there."""
    url = host.collector.url.replace("127.0.0.1", name)
    host.report(PROGRAM, str(SECONDS), timeout=SECONDS + 120, NEMO_GUARDRAILS_USAGE_STATS_SERVER=url)
