# SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
# SPDX-License-Identifier: Apache-2.0
"""What the tests share: a collector, and programs that report to it."""

import os
import signal
import subprocess
import sys
import textwrap
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from collector import Collector

HERE = Path(__file__).parent
# What a program sees of the tests' own environment.
PASSED_ON = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT", "TMPDIR")


@pytest.fixture
def collector():
    collector = Collector()
    yield collector
    collector.close()


@dataclass
class Result:
    """How a program ended, and what it printed."""

    code: int
    out: str
    err: str


@dataclass
class Host:
    """A home directory, a collector, and programs that run with both."""

    home: Path
    collector: Collector
    env: dict = field(default_factory=dict)

    def environment(self, **more):
        kept = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
        # CPython 3.12 warns of a fork in a process with threads, whichever module has started them.
        quiet = {"PYTHONWARNINGS": "ignore:This process:DeprecationWarning"}
        own = {**quiet, "HOME": str(self.home), "NEMO_GUARDRAILS_USAGE_STATS_SERVER": self.collector.url, "PYTHONPATH": str(HERE)}
        merged = {**kept, **own, **self.env, **more}
        return {name: value for name, value in merged.items() if value is not None}

    def start(self, *arguments, **env):
        return subprocess.Popen(
            [sys.executable, *arguments],
            env=self.environment(**env),
            cwd=self.home,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def python(self, *arguments, timeout=120, **env):
        process = self.start(*arguments, **env)
        try:
            out, err = process.communicate(timeout=timeout)
        except subprocess.TimeoutExpired:
            self.kill(process)
            raise
        return Result(process.returncode, out, err)

    @staticmethod
    def kill(process):
        """Ends a program with the children that it has forked."""
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        process.kill()
        process.communicate()

    def run(self, program, *arguments, **options):
        """Runs the text of a program, which is a file: `multiprocessing` imports it again."""
        file = self.home / "program.py"
        file.write_text("from nemo_telemetry import guardrails\n" + textwrap.dedent(program))
        return self.python(str(file), *arguments, **options)

    def report(self, program, *arguments, **options):
        """Runs a program that has to succeed in silence, and gives what has arrived."""
        result = self.run(program, *arguments, **options)
        assert (result.code, result.err) == (0, ""), result
        return self.collector.events

    @property
    def config_dir(self):
        return self.home / ".config" / "nemoguardrails"

    def has_written(self):
        return (self.home / ".config").exists()


@pytest.fixture
def host(tmp_path, collector):
    home = tmp_path / "home"
    home.mkdir()
    return Host(home, collector)


@pytest.fixture
def product(host, tmp_path):
    """Installs a stand-in for the package `nemoguardrails` of a version, for the programs of `host`."""

    def install(version="0.24.1", flows=()):
        site = tmp_path / f"site-{version}"
        package = site / "nemoguardrails"
        (package / "colang" / "v2_x" / "library").mkdir(parents=True)
        (package / "__init__.py").write_text("")
        (package / "telemetry.py").write_text((HERE / "stand_in_telemetry.py").read_text())
        (package / "manifests.py").write_text(
            f"class Catalog:\n    owner_for_flow = {dict.fromkeys(flows, 'a_feature')!r}.get\n"
            "def default_rail_catalog():\n    return Catalog\n"
        )
        metadata = site / f"nemoguardrails-{version}.dist-info"
        metadata.mkdir()
        (metadata / "METADATA").write_text(f"Metadata-Version: 2.1\nName: nemoguardrails\nVersion: {version}\n")
        host.env["PYTHONPATH"] = os.pathsep.join([str(site), str(HERE)])
        return package

    return install
