// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What the fuzz targets share: inputs, and what every answer of the reader must satisfy.

pub mod answer;
pub mod directory;
pub mod memory;
