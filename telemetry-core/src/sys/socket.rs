// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Sockets before they are connected: the standard library makes and connects them in one step.

use std::io;
use std::mem::MaybeUninit;
use std::net::{SocketAddr, SocketAddrV4, SocketAddrV6, TcpStream};
use std::os::fd::{AsRawFd, FromRawFd};
use std::time::Duration;

use super::descriptor::checked;

/// A socket that could be connected to this address. Programs that are started do not inherit it.
pub(crate) fn tcp_socket(address: &SocketAddr) -> io::Result<TcpStream> {
    let family = if address.is_ipv4() { libc::AF_INET } else { libc::AF_INET6 };
    // SAFETY: the call takes numbers only.
    let descriptor = checked(unsafe { libc::socket(family, libc::SOCK_STREAM | CLOSE_ON_EXEC, 0) })?;
    // SAFETY: the system has just opened this descriptor, so nothing else owns it.
    let socket = unsafe { TcpStream::from_raw_fd(descriptor) };
    // SAFETY: the call takes numbers only, and `socket` keeps the descriptor open.
    #[cfg(target_vendor = "apple")]
    checked(unsafe { libc::fcntl(descriptor, libc::F_SETFD, libc::FD_CLOEXEC) })?;
    Ok(socket)
}

#[cfg(not(target_vendor = "apple"))]
const CLOSE_ON_EXEC: libc::c_int = libc::SOCK_CLOEXEC;

#[cfg(target_vendor = "apple")]
const CLOSE_ON_EXEC: libc::c_int = 0;

/// Begins to connect a socket that does not wait. The connection is made, or has failed, when it can be written to.
pub(crate) fn begin_to_connect(socket: &TcpStream, address: &SocketAddr) -> io::Result<()> {
    let begun = match address {
        SocketAddr::V4(address) => connect(socket, &ipv4(address)),
        SocketAddr::V6(address) => connect(socket, &ipv6(address)),
    };
    match begun {
        Err(error) if error.raw_os_error() == Some(libc::EINPROGRESS) => Ok(()),
        begun => begun,
    }
}

/// Calls `connect` with one of the address structures of C, whose size says which it is.
fn connect<Address>(socket: &TcpStream, address: &Address) -> io::Result<()> {
    // A structure of some bytes.
    let size = size_of::<Address>() as libc::socklen_t;
    // SAFETY: the pointer is valid for `size` bytes, all of which are initialized, and is not kept.
    checked(unsafe { libc::connect(socket.as_raw_fd(), (&raw const *address).cast(), size) }).map(drop)
}

fn ipv4(address: &SocketAddrV4) -> libc::sockaddr_in {
    // SAFETY: the structure consists of integers, so all zeros are a value of it.
    let mut raw: libc::sockaddr_in = unsafe { MaybeUninit::zeroed().assume_init() };
    raw.sin_family = libc::AF_INET as libc::sa_family_t;
    raw.sin_port = address.port().to_be();
    raw.sin_addr.s_addr = u32::from_ne_bytes(address.ip().octets());
    raw
}

fn ipv6(address: &SocketAddrV6) -> libc::sockaddr_in6 {
    // SAFETY: the structure consists of integers, so all zeros are a value of it.
    let mut raw: libc::sockaddr_in6 = unsafe { MaybeUninit::zeroed().assume_init() };
    raw.sin6_family = libc::AF_INET6 as libc::sa_family_t;
    raw.sin6_port = address.port().to_be();
    raw.sin6_flowinfo = address.flowinfo();
    raw.sin6_addr.s6_addr = address.ip().octets();
    raw.sin6_scope_id = address.scope_id();
    raw
}

/// Waits until the socket can be written to, `timeout` at most. Returns whether it can.
pub(crate) fn wait_until_writable(socket: &TcpStream, timeout: Duration) -> io::Result<bool> {
    let mut waiting = libc::pollfd { fd: socket.as_raw_fd(), events: libc::POLLOUT, revents: 0 };
    // Rounded up, so that a wait is never shorter than it should be, and never none at all.
    let milliseconds = timeout.as_nanos().div_ceil(1_000_000).try_into().unwrap_or(libc::c_int::MAX);
    loop {
        // SAFETY: the pointer is valid for the one structure that the call reads and writes, and is not kept.
        match checked(unsafe { libc::poll(&raw mut waiting, 1, milliseconds) }) {
            // A debugger has stopped the process, for example.
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            ready => return ready.map(|ready| ready > 0),
        }
    }
}
