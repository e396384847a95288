// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The body of an answer that is written while it is sent. Such answers are limited in number, because each keeps some chunks for a
//! slow client.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::body::{Body, Bytes};
use axum::http::StatusCode;
use hyper::body::Frame;
use tokio::sync::{OwnedSemaphorePermit, mpsc};

use super::Api;
use crate::collector::refusal::Refusal;

/// The most streams and exports at the same time.
pub(super) const MAX_LONG_ANSWERS: usize = 32;

/// The most events of one chunk.
pub(super) const MAX_EVENTS: usize = 500;

/// The most bytes of events in one chunk. An event that is larger comes alone.
pub(super) const MAX_BYTES: usize = 256 * 1024;

/// The chunks that wait for a slow client. Its writer waits when there are more.
const MAX_WAITING: usize = 1;

/// The writing end of the body. The body ends when this is dropped.
pub(super) struct Writer {
    chunks: mpsc::Sender<io::Result<Bytes>>,
    _permit: OwnedSemaphorePermit,
}

impl Writer {
    /// Runs `write` until it ends or the client has gone, which also cancels what it reads.
    pub(super) fn run<F: Future<Output = ()> + Send + 'static>(self, write: impl FnOnce(Self) -> F) {
        let chunks = self.chunks.clone();
        let written = write(self);
        tokio::spawn(async move {
            tokio::select! {
                () = written => {}
                () = chunks.closed() => {}
            }
        });
    }

    /// Sends a chunk when the client has taken earlier ones. Returns whether the client is still there.
    pub(super) async fn write(&self, chunk: String) -> bool {
        self.chunks.send(Ok(chunk.into())).await.is_ok()
    }

    /// Cuts the body off, so that the client notices that it is not complete.
    pub(super) async fn cut_off(self) {
        // The client may have gone.
        let _ = self.chunks.send(Err(io::Error::other("the store cannot be read"))).await;
    }
}

/// Returns a body and its writer.
///
/// # Errors
///
/// 503 at the limit.
pub(super) fn chunks(api: &Api) -> Result<(Writer, Body), Refusal> {
    let permit = Arc::clone(&api.long_answers).try_acquire_owned().map_err(|_| {
        let reason = format!("{MAX_LONG_ANSWERS} streams and exports are open, which is the limit");
        Refusal::new(StatusCode::SERVICE_UNAVAILABLE, reason)
    })?;
    let (chunks, receiver) = mpsc::channel(MAX_WAITING);
    Ok((Writer { chunks, _permit: permit }, Body::new(Chunks(receiver))))
}

struct Chunks(mpsc::Receiver<io::Result<Bytes>>);

impl hyper::body::Body for Chunks {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        self.0.poll_recv(context).map(|chunk| chunk.map(|chunk| chunk.map(Frame::data)))
    }
}
