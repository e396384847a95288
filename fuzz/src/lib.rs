// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Shared code of the fuzz targets: inputs, and invariants of the reader's results.

pub mod answer;
pub mod directory;
pub mod memory;
