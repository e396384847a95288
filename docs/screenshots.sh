#!/usr/bin/env bash
# SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
# SPDX-License-Identifier: Apache-2.0
# Takes the pictures of the collector's page again: `page-light.png` and `page-dark.png`. Needs Chromium and chromedriver.
set -euo pipefail
cd "$(dirname "$0")/.."
command -v chromedriver >/dev/null || { echo "chromedriver is not installed" >&2; exit 1; }
TELEMETRY_WRITE_SCREENSHOTS=1 cargo test --package telemetry-tests --all-features --test command page::looks::both_themes
ls -l docs/page-*.png
