# SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
# SPDX-License-Identifier: Apache-2.0
"""Events of processes that fork and that end, in each way in which a process of Python does: all arrive."""

import os
import signal
import sys
import time

import pytest

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork")


def arrived(host, count):
    """Waits for `count` events, then for one too many."""
    events = host.collector.wait_for(count)
    time.sleep(0.05)
    return len(host.collector.events) if len(events) == count else len(events)


ENDS = {
    "return": ("guardrails.report_usage()", 0),
    "sys_exit": ("guardrails.report_usage(); raise SystemExit(3)", 3),
    "exception": ("guardrails.report_usage(); 1 / 0", 1),
    "exit_in_thread": (
        """
        import threading
        thread = threading.Thread(target=lambda: (guardrails.report_usage(), sys.exit()))
        thread.start()
        """,
        0,
    ),
    "keyboard_interrupt": ("guardrails.report_usage(); raise KeyboardInterrupt", -signal.SIGINT),
    "atexit": ("import atexit; atexit.register(guardrails.report_usage)", 0),
    "atexit_after_a_report": ("import atexit; atexit.register(guardrails.report_usage); guardrails.report_usage()", 0),
    "destructor": (
        """
        class AtTheEnd:
            def __del__(self, report=guardrails.report_usage): report()
        at_the_end = AtTheEnd()
        guardrails.report_usage()
        """,
        0,
    ),
    "exception_in_atexit": ("import atexit; atexit.register(lambda: 1 / 0); guardrails.report_usage()", 0),
    "asyncio": (
        """
        import asyncio
        async def main():
            guardrails.report_usage()
        asyncio.run(main())
        """,
        0,
    ),
    "asyncio_in_a_thread": (
        """
        import asyncio, threading
        async def main():
            await asyncio.to_thread(guardrails.report_usage)
        thread = threading.Thread(target=asyncio.run, args=(main(),)); thread.start(); thread.join()
        """,
        0,
    ),
    "thread_pool": (
        """
        from concurrent.futures import ThreadPoolExecutor
        with ThreadPoolExecutor(2) as pool:
            pool.submit(guardrails.report_usage).result()
        """,
        0,
    ),
    "sigterm_that_exits": (
        """
        import os, signal
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        guardrails.report_usage()
        os.kill(os.getpid(), signal.SIGTERM)
        """,
        0,
    ),
    "flush_before_os_exit": ("import os; guardrails.report_usage(); guardrails.flush(5); os._exit(0)", 0),
}


@pytest.mark.parametrize("end", ENDS)
def test_each_end_delivers(host, end):
    import textwrap

    program, code = ENDS[end]
    expected = program.count("report_usage")
    for _ in range(2):
        result = host.run("import sys\n" + textwrap.dedent(program))
        assert result.code == code, result
    assert arrived(host, 2 * expected) == 2 * expected


@needs_fork
def test_forked_children_report_for_themselves(host):
    program = """
        import os, sys
        guardrails.set_deployment_type("api")
        guardrails.report_usage()
        children = []
        for _ in range(8):
            child = os.fork()
            if child == 0:
                guardrails.report_usage()
                sys.exit(0)
            children.append(child)
        for child in children:
            assert os.waitpid(child, 0)[1] == 0
    """
    events = host.report(program)
    assert arrived(host, 9) == 9
    assert len({event["sessionId"] for event in events}) == 9
    assert {event["deploymentType"] for event in events} == {"api"}


@needs_fork
def test_a_fork_in_the_middle_of_reports_of_other_threads_hangs_no_child(host):
    program = """
        import os, threading, time, stand_ins
        config = stand_ins.rails_config(rails=stand_ins.rails(input=["self check input"]))
        ended = threading.Event()
        def report():
            while not ended.is_set():
                guardrails.report_usage(config)
                time.sleep(0.001)
        threads = [threading.Thread(target=report, daemon=True) for _ in range(3)]
        [thread.start() for thread in threads]
        for _ in range(20):
            child = os.fork()
            if child == 0:
                guardrails.report_usage(config)
                os._exit(0 if guardrails.flush(5) else 1)
            assert os.waitpid(child, 0)[1] == 0
        ended.set()
        [thread.join() for thread in threads]
    """
    for _ in range(3):  # the first fork meets the start of the client
        host.report(program)


MULTIPROCESSING = """
    import multiprocessing
    def work(number):
        guardrails.report_usage()
    if __name__ == "__main__":
        context = multiprocessing.get_context(sys.argv[1])
        children = [context.Process(target=work, args=(number,)) for number in range(4)]
        [child.start() for child in children]
        [child.join() for child in children]
        assert [child.exitcode for child in children] == [0] * 4
"""
METHODS = ["fork", "spawn", "forkserver"] if hasattr(os, "fork") else ["spawn"]


@pytest.mark.parametrize("method", METHODS)
def test_children_of_multiprocessing_deliver(host, method):
    host.report("import sys\n" + __import__("textwrap").dedent(MULTIPROCESSING), method)
    assert arrived(host, 4) == 4


@pytest.mark.parametrize("method", METHODS)
def test_workers_of_process_pools_deliver(host, method):
    program = """
        import multiprocessing, sys
        from concurrent.futures import ProcessPoolExecutor
        def work(number):
            guardrails.report_usage()
            return number
        if __name__ == "__main__":
            context = multiprocessing.get_context(sys.argv[1])
            with ProcessPoolExecutor(2, mp_context=context) as pool:
                assert list(pool.map(work, range(6))) == list(range(6))
    """
    host.report(program, method)
    assert arrived(host, 6) == 6


@needs_fork
def test_a_child_that_reports_in_a_finalizer_delivers(host):
    program = """
        import multiprocessing, multiprocessing.util
        def work():
            guardrails.report_usage()
            multiprocessing.util.Finalize(None, guardrails.report_usage, exitpriority=-5)
        if __name__ == "__main__":
            child = multiprocessing.get_context("fork").Process(target=work)
            child.start(); child.join()
            assert child.exitcode == 0
    """
    host.report(program)
    assert arrived(host, 2) == 2


def test_threads_that_the_interpreter_ends_end_in_silence(host):
    program = """
        import threading, stand_ins
        config = stand_ins.rails_config(rails=stand_ins.rails(input=["self check input"]))
        def report():
            while True:
                guardrails.report_usage(config)
        for _ in range(6):
            threading.Thread(target=report, daemon=True).start()
    """
    for _ in range(6):
        host.report(program)


def test_a_process_beside_a_silent_server_ends_in_time(host):
    import socket

    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/"

        def seconds():
            start = time.monotonic()
            host.report("guardrails.report_usage()", NEMO_GUARDRAILS_USAGE_STATS_SERVER=url)
            return time.monotonic() - start

        # A request takes 5 s. On a busy machine a run may take as long, and not each of ten.
        assert any(0.2 <= seconds() < 5 for _ in range(10))


@pytest.mark.skipif(not os.path.isdir("/proc/self/task"), reason="threads are counted in /proc")
def test_a_thousand_reports_beside_a_silent_server_take_one_thread(host):
    program = """
        import os
        for _ in range(1000):
            guardrails.report_usage()
        assert len(os.listdir("/proc/self/task")) == 2, os.listdir("/proc/self/task")
    """
    import socket

    with socket.create_server(("127.0.0.1", 0)) as silent:
        host.report(program, NEMO_GUARDRAILS_USAGE_STATS_SERVER=f"http://127.0.0.1:{silent.getsockname()[1]}/")


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals")
def test_sigterm_ends_a_process_as_without_reports(host):
    process = host.start("-c", "import time\nfrom nemo_telemetry import guardrails\nguardrails.report_usage(); print(flush=True); time.sleep(60)")
    process.stdout.readline()
    process.send_signal(signal.SIGTERM)
    assert process.wait(5) == -signal.SIGTERM
    process.communicate()
