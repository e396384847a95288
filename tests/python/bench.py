# SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
# SPDX-License-Identifier: Apache-2.0
"""Measures the wheel beside the module `nemoguardrails.telemetry`, in one run, and prints one table.

Run by hand, in an environment with `nemoguardrails` and a release build of the wheel:

    python tests/python/bench.py
"""

import os
import subprocess
import sys
import tempfile
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from collector import Collector  # noqa: E402

CALLS = 300
EXITS = 20

MODULES = {
    "module": "from nemoguardrails import telemetry as module",
    "wheel": "from nemo_telemetry import guardrails as module",
}

CONFIGS = {
    "no configuration": "None",
    "Colang 1.0, two rails": "with_rails()",
    "Colang 2.x, 46 flows": "with_library()",
}

# The engines' own work is not measured: configurations are made before.
SETUP = """
import logging, os, sys, time, warnings
warnings.simplefilter("ignore"); logging.disable(logging.CRITICAL)
from nemoguardrails import RailsConfig
def with_rails():
    config = RailsConfig(models=[{"type": "main", "engine": "openai", "model": "x"}])
    config.rails.input.flows = ["content safety check input $model=x"]
    config.rails.output.flows = ["my own"]
    return config
def with_library():
    from nemoguardrails.colang.v2_x.lang.colang_ast import Flow
    import nemoguardrails
    library = os.path.join(os.path.dirname(nemoguardrails.__file__), "colang", "v2_x", "library")
    config = RailsConfig(models=[], colang_version="2.x")
    config.flows = [Flow(name=f"flow {i}", file_info={"name": f"{library}/core.co"}) for i in range(45)]
    config.flows.append(Flow(name="main", file_info={"name": "/tmp/main.co"}))
    return config
"""

CALL = """
config = %s
%s
module.report_usage(config)
times = []
for _ in range(%d):
    start = time.perf_counter(); module.report_usage(config); times.append(time.perf_counter() - start)
    time.sleep(0.002)
times.sort()
print(times[len(times) // 2] * 1e6, times[len(times) * 99 // 100] * 1e6, flush=True)
os._exit(0)
"""

HANGING = """
%s
def memory():
    with open("/proc/self/statm") as statm: return int(statm.read().split()[1]) * 4096 / 1e6
module.report_usage(); before = memory()
for _ in range(1000): module.report_usage()
print(len(os.listdir("/proc/self/task")), memory() - before, flush=True)
os._exit(0)
"""

IMPORT = """
import os, time
def memory():
    with open("/proc/self/statm") as statm: return int(statm.read().split()[1]) * 4096 / 1e6
before, start = memory(), time.perf_counter()
from nemo_telemetry import guardrails
print((time.perf_counter() - start) * 1e3, memory() - before, flush=True)
"""


def run(program, url):
    home = tempfile.mkdtemp()
    env = {"PATH": os.environ["PATH"], "HOME": home, "NEMO_GUARDRAILS_USAGE_STATS_SERVER": url}
    done = subprocess.run([sys.executable, "-c", program], env=env, capture_output=True, text=True, check=True)
    return [float(number) for number in done.stdout.split()]


class _Silent(BaseHTTPRequestHandler):
    def do_POST(self):
        time.sleep(60)


def silent_server():
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Silent)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}/"


def row(name, *cells):
    print(f"| {name} | " + " | ".join(cells) + " |", flush=True)


def times(name, collector):
    measured = {}
    for module, line in MODULES.items():
        measured[module] = run(SETUP + CALL % (CONFIGS[name], line, CALLS), collector.url)
    ratio = measured["module"][0] / measured["wheel"][0]
    for index, percentile in enumerate(("p50", "p99")):
        cells = [f"{measured[module][index]:,.0f} µs" for module in MODULES]
        row(f"call, {name}, {percentile}", *cells, f"{ratio:.0f} times" if index == 0 else "")


def exits(line):
    collector = Collector()
    for _ in range(EXITS):
        run(SETUP + line + "\nmodule.report_usage()\n", collector.url)
    time.sleep(0.2)
    arrived = len(collector.events)
    collector.close()
    return f"{arrived} of {EXITS}"


def main():
    collector, silent = Collector(), silent_server()
    print("| | module | wheel | |\n|---|---|---|---|")
    for name in CONFIGS:
        times(name, collector)
    hanging = {module: run(SETUP + HANGING % line, silent) for module, line in MODULES.items()}
    row("threads after 1,000 reports to a silent server", *(f"{hanging[module][0]:,.0f}" for module in MODULES), "")
    row("memory of these reports", *(f"{hanging[module][1]:.1f} MB" for module in MODULES), "")
    row("events that arrive from processes that exit at once", *(exits(line) for line in MODULES.values()), "")
    imports = sorted(run(IMPORT, collector.url) for _ in range(9))[4]
    row("import", "", f"{imports[0]:.1f} ms, {imports[1]:.1f} MB", "")
    for wheel in sys.argv[1:]:
        row("size of the wheel", "", f"{Path(wheel).stat().st_size / 1e6:.2f} MB", "")


if __name__ == "__main__":
    main()
