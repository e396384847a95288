// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! A connection whose answers can drip, one byte at a time.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Instant, Sleep};

use super::connections::Peer;

/// The time between two bytes.
const PAUSE: Duration = Duration::from_millis(100);

/// A connection that drips once its [`Peer`] is marked.
pub(super) struct Connection {
    stream: TcpStream,
    peer: Peer,
    pause: Pin<Box<Sleep>>,
}

impl Connection {
    pub(super) fn new(stream: TcpStream, peer: Peer) -> Self {
        Self { stream, peer, pause: Box::pin(tokio::time::sleep(Duration::ZERO)) }
    }
}

impl AsyncRead for Connection {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Connection {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let bytes = if self.peer.is_dripping() {
            ready!(self.pause.as_mut().poll(context));
            self.pause.as_mut().reset(Instant::now() + PAUSE);
            bytes.get(..1).unwrap_or_default()
        } else {
            bytes
        };
        let written = ready!(Pin::new(&mut self.stream).poll_write(context, bytes));
        self.peer.has_read();
        Poll::Ready(written)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
