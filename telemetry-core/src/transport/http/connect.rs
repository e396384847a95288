// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Connections that never become a standard stream of the host, as [`standard_streams`](crate::standard_streams) says.
//!
//! ureq makes a socket and connects it in one step, which may take as long as a request. Here the two are apart, so that the
//! standard descriptors are taken for the first one only.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use ureq::unversioned::transport::{
    Buffers, ConnectionDetails, Connector, Either, LazyBuffers, NextTimeout, Transport, time,
};
use ureq::{Error, Timeout};

/// Connects to the addresses of a host, unless the link before it in the chain has (that of a proxy).
#[derive(Debug)]
pub(super) struct Tcp;

impl<In: Transport> Connector<In> for Tcp {
    type Out = Either<In, Connection>;

    fn connect(
        &self,
        details: &ConnectionDetails<'_>,
        chained: Option<In>,
    ) -> Result<Option<Self::Out>, Error> {
        if let Some(made) = chained {
            return Ok(Some(Either::A(made)));
        }
        let stream = connect_to_any(&details.addrs, time_left(details)).map_err(failure(&details.timeout))?;
        stream.set_nodelay(details.config.no_delay())?;
        let config = details.config;
        let buffers = LazyBuffers::new(config.input_buffer_size(), config.output_buffer_size());
        Ok(Some(Either::B(Connection { stream, buffers })))
    }
}

/// A proxy's name may have been looked up in the meantime.
fn time_left(details: &ConnectionDetails<'_>) -> Duration {
    let passed = if let time::Instant::Exact(start) = details.now { start.elapsed() } else { Duration::ZERO };
    details.timeout.after.saturating_sub(passed)
}

/// The first address that answers. Each one has half of the time that is left, the last one has all of it.
fn connect_to_any(addresses: &[SocketAddr], timeout: Duration) -> io::Result<TcpStream> {
    let start = Instant::now();
    let mut failed = io::Error::from(ErrorKind::AddrNotAvailable);
    for (index, address) in addresses.iter().enumerate() {
        let left = timeout.saturating_sub(start.elapsed());
        let is_last = index + 1 == addresses.len();
        match connect(address, if is_last { left } else { left / 2 }) {
            Ok(stream) => return Ok(stream),
            Err(error) => failed = error,
        }
    }
    Err(failed)
}

#[cfg(unix)]
fn connect(address: &SocketAddr, timeout: Duration) -> io::Result<TcpStream> {
    use crate::standard_streams::{above_standard_streams, ensure_above_standard_streams};
    use crate::sys;

    let stream =
        above_standard_streams(|| sys::tcp_socket(address)).and_then(ensure_above_standard_streams)?;
    stream.set_nonblocking(true)?;
    sys::begin_to_connect(&stream, address)?;
    if !sys::wait_until_writable(&stream, timeout)? {
        return Err(ErrorKind::TimedOut.into());
    }
    if let Some(error) = stream.take_error()? {
        return Err(error);
    }
    stream.set_nonblocking(false)?;
    Ok(stream)
}

#[cfg(not(unix))]
fn connect(address: &SocketAddr, timeout: Duration) -> io::Result<TcpStream> {
    TcpStream::connect_timeout(address, timeout)
}

/// A connection without encryption, or below it.
#[derive(Debug)]
pub(super) struct Connection {
    stream: TcpStream,
    buffers: LazyBuffers,
}

impl Transport for Connection {
    fn buffers(&mut self) -> &mut dyn Buffers {
        &mut self.buffers
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), Error> {
        self.stream.set_write_timeout(limit(&timeout))?;
        let output = self.buffers.output().get(..amount).unwrap_or_default();
        self.stream.write_all(output).map_err(failure(&timeout))
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, Error> {
        self.stream.set_read_timeout(limit(&timeout))?;
        let amount = read(&mut self.stream, self.buffers.input_append_buf()).map_err(failure(&timeout))?;
        self.buffers.input_appended(amount);
        Ok(amount > 0)
    }

    /// An idle connection has nothing to read: neither an end nor an answer that nothing has asked for.
    fn is_open(&mut self) -> bool {
        let is_idle = self.stream.set_nonblocking(true).is_ok()
            && self.stream.peek(&mut [0]).is_err_and(|error| error.kind() == ErrorKind::WouldBlock);
        is_idle && self.stream.set_nonblocking(false).is_ok()
    }
}

/// A timeout of zero would mean no timeout.
fn limit(timeout: &NextTimeout) -> Option<Duration> {
    timeout.not_zero().map(|time| *time)
}

fn read(stream: &mut TcpStream, buffer: &mut [u8]) -> io::Result<usize> {
    loop {
        match stream.read(buffer) {
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            read => return read,
        }
    }
}

/// A socket says that the time is up in one of two ways.
fn failure(timeout: &NextTimeout) -> impl FnOnce(io::Error) -> Error {
    let reason: Timeout = timeout.reason;
    move |error| match error.kind() {
        ErrorKind::WouldBlock | ErrorKind::TimedOut => Error::Timeout(reason),
        _ => Error::Io(error),
    }
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;

    use super::*;

    const LONG: Duration = Duration::from_secs(120);

    fn listener(address: &str) -> (TcpListener, SocketAddr) {
        let listener = TcpListener::bind(address).unwrap();
        let address = listener.local_addr().unwrap();
        (listener, address)
    }

    #[test]
    fn an_address_at_which_nothing_listens_is_passed_over() {
        let (closed, refusing) = listener("127.0.0.1:0");
        drop(closed);
        let (_open, address) = listener("127.0.0.1:0");
        let stream = connect_to_any(&[refusing, address], LONG).unwrap();
        assert_eq!(stream.peer_addr().unwrap(), address);
        let refused = connect_to_any(&[refusing], LONG).unwrap_err();
        assert_eq!(refused.kind(), ErrorKind::ConnectionRefused);
        assert!(connect_to_any(&[], LONG).is_err());
    }

    #[test]
    fn a_connection_over_ipv6_reaches_its_port() {
        let Ok(listener) = TcpListener::bind("[::1]:0") else { return };
        let address = listener.local_addr().unwrap();
        assert_eq!(connect_to_any(&[address], LONG).unwrap().peer_addr().unwrap(), address);
    }

    #[test]
    fn an_idle_connection_is_open_until_the_other_end_says_something_or_closes() {
        let (listener, address) = listener("127.0.0.1:0");
        for says in [&b"something"[..], b""] {
            let stream = connect(&address, LONG).unwrap();
            let mut connection = Connection { stream, buffers: LazyBuffers::new(16, 16) };
            let (mut other, _) = listener.accept().unwrap();
            assert!(connection.is_open());
            other.write_all(says).unwrap();
            drop(other);
            connection.stream.peek(&mut [0]).unwrap();
            assert!(!connection.is_open());
        }
    }
}
