# SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
# SPDX-License-Identifier: Apache-2.0
"""Servers that fork or start workers, and notebooks: all events arrive, those of each process in a session of its own.

Each test is skipped where its package is not installed.
"""

import os
import signal
import socket
import time
import urllib.request
from collections import Counter

import pytest

REQUESTS = 6

APP = """
from nemo_telemetry import guardrails

guardrails.report_usage(deployment_type="api")  # when the module is imported

def wsgi(environ, start_response):
    guardrails.report_usage(deployment_type="api")
    start_response("200 OK", [("Content-Length", "2")])
    return [b"ok"]

async def asgi(scope, receive, send):
    guardrails.report_usage(deployment_type="api")
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
    await send({"type": "http.response.body", "body": b"ok"})
"""

GUNICORN = """
preload_app = True
workers = 3

def post_worker_init(worker):
    from nemo_telemetry import guardrails
    guardrails.report_usage(deployment_type="api")  # in each worker, right after the fork

def worker_exit(server, worker):
    from nemo_telemetry import guardrails
    guardrails.report_usage(deployment_type="api")  # in each worker, right before its end
"""


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def get(port, seconds=120.0):
    """Asks the server, which may be starting, on a new connection."""
    end = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as response:
                return response.read()
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.05)


def served(host, count, *arguments):
    """Runs a server of `APP`, waits for `count` events, ends it as an operator does, and counts the events of each session."""
    (host.home / "program.py").write_text(APP)
    port = free_port()
    server = host.start(*(argument.format(port=port) for argument in arguments))
    try:
        for _ in range(REQUESTS):
            assert get(port) == b"ok"
        host.collector.wait_for(count)
        server.send_signal(signal.SIGTERM)
        server.communicate(timeout=120)
    finally:
        if server.poll() is None:
            host.kill(server)
    host.collector.wait_for(count + 100, 0.2)
    return Counter(event["sessionId"] for event in host.collector.events)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork")
def test_a_server_that_loads_its_application_before_it_forks_delivers(host):
    pytest.importorskip("gunicorn")
    (host.home / "settings.py").write_text(GUNICORN)
    arguments = ("-m", "gunicorn", "--config", "settings.py", "--bind", "127.0.0.1:{port}", "program:wsgi")
    sessions = served(host, 1 + 3 + REQUESTS, *arguments)
    # One of the parent, and at least two of each worker: after the fork and before its end.
    assert sorted(sessions.values())[0] == 1 and len(sessions) == 4, sessions
    assert sum(sessions.values()) == 1 + 2 * 3 + REQUESTS, sessions


def test_a_server_that_starts_workers_delivers(host):
    pytest.importorskip("uvicorn")
    arguments = ("-m", "uvicorn", "--workers", "2", "--lifespan", "off", "--port", "{port}", "program:asgi")
    sessions = served(host, 2 + REQUESTS, *arguments)
    assert len(sessions) == 2 and sum(sessions.values()) == 2 + REQUESTS, sessions


def test_a_notebook_delivers(host):
    pytest.importorskip("ipykernel")
    pytest.importorskip("nbclient")
    program = """
        import nbclient, nbformat
        cells = [
            "from nemo_telemetry import guardrails; guardrails.report_usage()",
            "import asyncio; await asyncio.to_thread(guardrails.report_usage)",
            "guardrails.status()['enabled']",
            "guardrails.report_usage()",
        ]
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
        nbclient.NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
        print(notebook.cells[2].outputs[0].data["text/plain"])
    """
    result = host.run(program)
    assert (result.code, result.out) == (0, "True\n"), result
    sessions = Counter(event["sessionId"] for event in host.collector.wait_for(3))
    assert list(sessions.values()) == [3]
