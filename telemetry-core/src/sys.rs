// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The few calls to the system and its C library that have no safe counterpart. The only unsafe code of the crate.

#![allow(
    unsafe_code,
    reason = "the system's and the C library's version, the exit hook, signal masks and memory that forks forget exist only as C functions"
)]

#[cfg(unix)]
mod host;
#[cfg(unix)]
mod process;
#[cfg(windows)]
mod windows;

#[cfg(unix)]
pub(crate) use host::{libc_version, uname};
#[cfg(unix)]
pub(crate) use process::{at_exit, wiped_on_fork, without_signals};
#[cfg(windows)]
pub(crate) use windows::{Version, at_exit, has_lost_its_threads, version};
