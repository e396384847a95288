// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! A connection whose answers can drip, one byte at a time, and that ends if its client does not take them.

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

/// The time in which a client has to take the next part of an answer.
const TAKE_TIME: Duration = Duration::from_secs(10);

/// A connection that drips once its [`Peer`] is marked.
pub(super) struct Connection {
    stream: TcpStream,
    peer: Peer,
    pause: Pin<Box<Sleep>>,
    /// Set while the client takes nothing.
    end: Option<Pin<Box<Sleep>>>,
}

impl Connection {
    pub(super) fn new(stream: TcpStream, peer: Peer) -> Self {
        Self { stream, peer, pause: Box::pin(tokio::time::sleep(Duration::ZERO)), end: None }
    }

    /// Ready when the client has taken nothing for too long.
    fn poll_end(&mut self, context: &mut Context<'_>) -> Poll<io::Result<usize>> {
        let end = self.end.get_or_insert_with(|| Box::pin(tokio::time::sleep(TAKE_TIME)));
        end.as_mut().poll(context).map(|()| Err(io::ErrorKind::TimedOut.into()))
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
        let Poll::Ready(written) = Pin::new(&mut self.stream).poll_write(context, bytes) else {
            return self.poll_end(context);
        };
        self.end = None;
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
