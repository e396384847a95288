# SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
# SPDX-License-Identifier: Apache-2.0
# The part of `.ci/run` that concerns the Python wheel; it sources this file. It needs CPython 3.10 or later and a network or a cache
# of pip with maturin and pytest.
python_venv=$target/python/venv

# Runs pip without what it says about itself.
pip_install() { "$python_venv/bin/python" -m pip install --quiet --disable-pip-version-check "$@"; }

python_tools() {
    command -v python3 && python3 -c 'import sys, venv; sys.exit(sys.version_info < (3, 10) or sys.implementation.name != "cpython")' &&
        { [ -x "$python_venv/bin/python" ] || python3 -m venv "$python_venv"; } &&
        { [ -x "$python_venv/bin/maturin" ] || pip_install "maturin>=1.9,<2" "pytest>=8,<10"; }
}

# Small servers, whose workers a test counts.
python_servers() { pip_install "gunicorn>=23,<28" "uvicorn>=0.30,<1"; }

# The wheel as developers build it, installed as a user installs it.
build_wheel() {
    rm -rf "$target/python/wheels"
    (cd telemetry-python && PATH=$python_venv/bin:$PATH maturin build --quiet --profile dev --target-dir "$target" --out "$target/python/wheels" \
        --interpreter "$python_venv/bin/python") && pip_install --force-reinstall --no-index "$target"/python/wheels/*.whl
}

# Runs the tests of the wheel, with these arguments; the reasons of skipped tests are printed.
test_python() {
    NEMO_TELEMETRY_DIST=$target/python/wheels "$python_venv/bin/python" -m pytest -q -rs -p no:cacheprovider "$@" tests/python
}

check_python() {
    python_tools || { missing "the Python wheel" "CPython 3.10 or later with pip, maturin and pytest cannot be had here"; return 0; }
    step python_servers || missing "tests of gunicorn and uvicorn" "they cannot be installed here"
    step build_wheel
    step test_python
}
