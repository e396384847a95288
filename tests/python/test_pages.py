# SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
# SPDX-License-Identifier: Apache-2.0
"""The pages about Python are true."""

import os
import re
import shlex
import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "PYTHON.md"


def section():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    return readme.split("\n## Python\n")[1].split("\n## ")[0]


def blocks(text, language):
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.M | re.S)


def test_the_tests_that_the_page_names_exist():
    tests = "".join(file.read_text() for file in Path(__file__).parent.glob("test_*.py"))
    here = set(re.findall(r"^def (test_\w+)", tests, re.M))
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        shown_by = line.rsplit("|", 2)[-2] if line.count("|") > 2 else line
        assert set(re.findall(r"`(test_\w+)`", shown_by)) <= here, line


def test_the_section_of_the_readme_is_short():
    assert len(section().splitlines()) <= 25


@pytest.mark.parametrize("code", blocks(section(), "python") + blocks(PAGE.read_text(encoding="utf-8"), "python"))
def test_code_on_the_pages_runs(host, product, code):
    product()
    result = host.run(code)
    assert (result.code, result.err) == (0, ""), result


def commands_of_the_readme(beginning):
    return [line for block in blocks(section(), "sh") for line in block.splitlines() if line.startswith(beginning)]


@pytest.mark.skipif("NEMO_TELEMETRY_DIST" not in os.environ, reason="`NEMO_TELEMETRY_DIST` does not name the directory of the wheel")
def test_the_wheel_is_installed_as_the_readme_says(host):
    [command] = commands_of_the_readme("pip install")
    (host.home / "dist").symlink_to(os.environ["NEMO_TELEMETRY_DIST"])
    venv.create(host.home / "venv", with_pip=False)
    python = host.home / "venv" / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    pip = [sys.executable, "-m", "pip", "--python", str(python), "--disable-pip-version-check"]
    subprocess.run([*pip, *shlex.split(command, comments=True)[1:]], cwd=host.home, check=True)
    status = [str(python), "-m", "nemo_telemetry", "status"]
    shown = subprocess.run(status, env=host.environment(PYTHONPATH=None), cwd=host.home, check=True, stdout=subprocess.PIPE, text=True)
    assert host.collector.url in shown.stdout


def test_the_commands_of_the_readme_run(host):
    commands = commands_of_the_readme("python -m nemo_telemetry")
    assert len(commands) >= 2
    for command in commands:
        result = host.python(*shlex.split(command, comments=True)[1:])
        assert (result.code, result.err) == (0, ""), (command, result)
