// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The bound on the memory of a load, and its measurement. The targets have one thread, so the allocator measures only that thread.

pub use peak_memory::{Gauge, peak_of};

/// The memory that a load may use beyond the size of its input, in bytes.
pub const MOST: usize = 64 << 20;
