// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! `schema --check`, `--write` and `--diff`: a schema file counts for what it allows, and is kept for everything it says.

mod diff;
mod files;
mod meaning;
mod mutation;
mod product;
mod remove;
mod variant;
mod write;
