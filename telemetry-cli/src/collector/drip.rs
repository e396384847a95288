// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! A connection that does not wait for a client forever, and whose answers can drip, one byte at a time.

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

/// The longest time for which a client may take nothing of an answer.
const STALL_TIME: Duration = Duration::from_secs(10);

/// A connection that drips once its [`Peer`] is marked.
pub(super) struct Connection {
    stream: TcpStream,
    peer: Peer,
    pause: Pin<Box<Sleep>>,
    /// Runs while the client takes nothing.
    stalled: Option<Pin<Box<Sleep>>>,
}

impl Connection {
    pub(super) fn new(stream: TcpStream, peer: Peer) -> Self {
        Self { stream, peer, pause: Box::pin(tokio::time::sleep(Duration::ZERO)), stalled: None }
    }

    fn poll_write_some(&mut self, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        if !self.peer.is_dripping() {
            return Pin::new(&mut self.stream).poll_write(context, bytes);
        }
        ready!(self.pause.as_mut().poll(context));
        self.pause.as_mut().reset(Instant::now() + PAUSE);
        let first = bytes.get(..1).unwrap_or_default();
        Pin::new(&mut self.stream).poll_write(context, first)
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
        let written = self.poll_write_some(context, bytes);
        if written.is_ready() {
            self.stalled = None;
            self.peer.has_read();
            return written;
        }
        let stalled = self.stalled.get_or_insert_with(|| Box::pin(tokio::time::sleep(STALL_TIME)));
        stalled.as_mut().poll(context).map(|()| Err(io::ErrorKind::TimedOut.into()))
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::AsyncWriteExt;
    use tokio::net::TcpListener;

    use super::*;
    use crate::collector::connections::Connections;

    #[test]
    fn a_client_that_takes_nothing_is_given_up() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build();
        runtime.unwrap().block_on(async {
            let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
            let client = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
            let open = Connections::new().add(1).await;
            let mut connection = Connection::new(listener.accept().await.unwrap().0, open.peer.clone());
            let start = Instant::now();
            let error = loop {
                if let Err(error) = connection.write_all(&[0; 1 << 16]).await {
                    break error;
                }
            };
            assert_eq!((error.kind(), start.elapsed() >= STALL_TIME), (io::ErrorKind::TimedOut, true));
            drop(client);
        });
    }
}
