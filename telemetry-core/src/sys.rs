// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The few calls to the C library that have no safe counterpart. The only unsafe code of the crate.

#![allow(
    unsafe_code,
    reason = "`uname`, the C library's version, the exit hook, the user, signal masks, descriptors above a number, sockets before they \
              are connected and memory that forks forget exist only as C functions"
)]

mod descriptor;
mod host;
mod process;
#[cfg(feature = "http")]
mod socket;
mod user;

pub(crate) use descriptor::{FIRST_OTHER_DESCRIPTOR, moved_above_standard_streams};
pub(crate) use host::{libc_version, uname};
pub(crate) use process::{at_exit, unblock_faults, wiped_on_fork, without_signals};
#[cfg(feature = "http")]
pub(crate) use socket::{begin_to_connect, tcp_socket, wait_until_writable};
pub(crate) use user::{effective_user, home_in_user_database};
