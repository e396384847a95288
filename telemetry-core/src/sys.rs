// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The few calls to the system and its C library that have no safe counterpart. The only unsafe code of the crate.

#![allow(
    unsafe_code,
    reason = "the system's and the C library's version, the exit hook, the user, signal masks and actions, descriptors above a number, \
              sockets before they are connected and memory that forks forget exist only as C functions"
)]

#[cfg(unix)]
mod descriptor;
#[cfg(unix)]
mod host;
#[cfg(unix)]
mod process;
#[cfg(all(unix, feature = "http"))]
mod socket;
#[cfg(unix)]
mod user;
#[cfg(windows)]
mod windows;

#[cfg(unix)]
pub(crate) use descriptor::{FIRST_OTHER_DESCRIPTOR, moved_above_standard_streams};
#[cfg(unix)]
pub(crate) use host::{libc_version, uname};
#[cfg(unix)]
pub(crate) use process::{
    at_exit, interrupt_ends_process, is_ignored, unblock_faults, wiped_on_fork, without_signals,
};
#[cfg(all(unix, feature = "http"))]
pub(crate) use socket::{begin_to_connect, tcp_socket, wait_until_writable};
#[cfg(unix)]
pub(crate) use user::{effective_user, home_in_user_database};
#[cfg(windows)]
pub(crate) use windows::{Version, at_exit, has_lost_its_threads, version};
