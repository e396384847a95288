#!/bin/sh
# SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
# SPDX-License-Identifier: Apache-2.0
# The rustdoc of the toolchain in use, with the options that only a nightly one takes otherwise. The variable is set here and not for
# cargo, because build scripts look at it: all dependencies would be compiled a second time.
RUSTC_BOOTSTRAP=1 exec rustdoc "$@"
