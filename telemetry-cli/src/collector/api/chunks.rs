// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The body of an answer that takes room in memory until it is sent.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use axum::body::{Body, Bytes};
use hyper::body::Frame;
use tokio::sync::mpsc;

use super::Answer;

/// The chunks that wait for a slow client. Its writer waits when there are more.
const MAX_WAITING: usize = 2;

/// The most bytes of a frame.
const MAX_FRAME: usize = 16 << 10;

/// Returns the body, and the sender of its chunks. The body ends when the sender is dropped; an error
/// instead of a chunk cuts it off, so that the client notices.
pub(super) fn chunks(answer: Answer) -> (mpsc::Sender<io::Result<Bytes>>, Body) {
    let (sender, receiver) = mpsc::channel(MAX_WAITING);
    (sender, Body::new(Chunks { receiver, rest: Bytes::new(), _answer: answer }))
}

/// Returns a body that has one chunk.
pub(super) fn whole(text: String, answer: Answer) -> Body {
    let (_, receiver) = mpsc::channel(MAX_WAITING);
    Body::new(Chunks { receiver, rest: Bytes::from(text), _answer: answer })
}

struct Chunks {
    receiver: mpsc::Receiver<io::Result<Bytes>>,
    /// The end of a chunk.
    rest: Bytes,
    _answer: Answer,
}

impl Chunks {
    /// The next frame of the chunk. The server would copy a large one, and drop the body before the client has it.
    fn frame(&mut self) -> Frame<Bytes> {
        Frame::data(self.rest.split_to(MAX_FRAME.min(self.rest.len())))
    }
}

impl hyper::body::Body for Chunks {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        if !self.rest.is_empty() {
            return Poll::Ready(Some(Ok(self.frame())));
        }
        let chunk = ready!(self.receiver.poll_recv(context));
        Poll::Ready(chunk.map(|chunk| {
            self.rest = chunk?;
            Ok(self.frame())
        }))
    }
}
