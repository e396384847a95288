// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Everything that needs more than one crate: fixtures, end-to-end tests and benchmarks.

pub mod child;
pub mod home;
pub mod marked_home;
pub mod ordered;
pub mod recorded;
pub mod rude;
pub mod server;
