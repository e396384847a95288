// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Reads the body of a request within limits of time and memory.

use std::io::Read;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use axum::http::{HeaderMap, StatusCode, header};
use flate2::bufread::GzDecoder;
use hyper::body::Frame;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, timeout_at};

use super::refusal::Refusal;

/// The largest body, before and after decompression, in bytes.
pub(super) const MAX_BODY: usize = 4 << 20;

/// The time in which a body has to arrive.
pub(super) const BODY_TIME: Duration = Duration::from_secs(10);

/// The most members of a compressed body, which clients send one of. Each costs time, also an empty one.
const MAX_MEMBERS: usize = 100;

/// The bytes of a refused body that are read before the answer.
const MAX_SKIPPED: usize = 64 << 20;

/// The bytes that all bodies may have together, until their events are stored.
pub(super) const MAX_ALL_BODIES: usize = 64 << 20;

/// The room for the bodies of all requests.
#[derive(Clone)]
pub(super) struct Room(Arc<Semaphore>);

/// A body, and the room that it takes until this is dropped.
pub(super) struct Received {
    pub(super) bytes: Vec<u8>,
    room: Option<OwnedSemaphorePermit>,
}

impl Room {
    pub(super) fn new() -> Self {
        Self(Arc::new(Semaphore::new(MAX_ALL_BODIES)))
    }

    /// Reads the body, and decompresses it if `headers` say that it is compressed.
    ///
    /// # Errors
    ///
    /// 408 if it takes too long, 413 if it is too large, 415 for an unknown encoding, 429 if other requests take the room.
    pub(super) async fn receive(&self, headers: &HeaderMap, mut body: Body) -> Result<Received, Refusal> {
        let end = Instant::now() + BODY_TIME;
        let encoding = match check_head(headers, &body) {
            // The client has not sent the body, and waits until it is asked for it.
            Err(refusal) if headers.contains_key(header::EXPECT) => return Err(refusal),
            checked => checked,
        };
        let received = self.read(encoding, &mut body, end).await;
        if received.is_err() {
            // Many clients see no answer before they have sent everything.
            let _ = timeout_at(end, skip(&mut body)).await;
        }
        received
    }

    async fn read(
        &self,
        encoding: Result<Encoding, Refusal>,
        body: &mut Body,
        end: Instant,
    ) -> Result<Received, Refusal> {
        let encoding = encoding?;
        let late = |_| Refusal::new(StatusCode::REQUEST_TIMEOUT, "the body did not arrive within 10 s");
        let received = timeout_at(end, self.read_frames(body)).await.map_err(late)??;
        match encoding {
            Encoding::Identity => Ok(received),
            Encoding::Gzip => self.decompress(&received),
        }
    }

    async fn read_frames(&self, body: &mut Body) -> Result<Received, Refusal> {
        let mut received = Received { bytes: Vec::new(), room: None };
        let cut_off = |_| Refusal::new(StatusCode::BAD_REQUEST, "the body is not complete");
        while let Some(frame) = next_frame(body).await {
            if let Ok(data) = frame.map_err(cut_off)?.into_data() {
                self.push(&mut received, &data)?;
            }
        }
        Ok(received)
    }

    fn push(&self, received: &mut Received, data: &[u8]) -> Result<(), Refusal> {
        if received.bytes.len() + data.len() > MAX_BODY {
            return Err(body_too_large());
        }
        let size = u32::try_from(data.len()).unwrap_or(u32::MAX);
        let full =
            |_| Refusal::new(StatusCode::TOO_MANY_REQUESTS, "the bodies of other requests take all memory");
        let room = Arc::clone(&self.0).try_acquire_many_owned(size).map_err(full)?;
        match &mut received.room {
            Some(taken) => taken.merge(room),
            None => received.room = Some(room),
        }
        received.bytes.extend_from_slice(data);
        Ok(())
    }

    fn decompress(&self, compressed: &Received) -> Result<Received, Refusal> {
        let mut received = Received { bytes: Vec::new(), room: None };
        let mut rest = compressed.bytes.as_slice();
        for _ in 0..MAX_MEMBERS {
            let mut member = GzDecoder::new(rest);
            self.decompress_member(&mut member, &mut received)?;
            rest = member.into_inner();
            if rest.is_empty() {
                return Ok(received);
            }
        }
        Err(not_gzip(&format!("it has more than {MAX_MEMBERS} members")))
    }

    fn decompress_member(
        &self,
        member: &mut GzDecoder<&[u8]>,
        received: &mut Received,
    ) -> Result<(), Refusal> {
        let mut chunk = vec![0; 64 * 1024];
        loop {
            let read = member.read(&mut chunk).map_err(|error| not_gzip(&error))?;
            match chunk.get(..read) {
                None | Some([]) => return Ok(()),
                Some(data) => self.push(received, data)?,
            }
        }
    }
}

fn not_gzip(problem: &dyn std::fmt::Display) -> Refusal {
    Refusal::new(StatusCode::BAD_REQUEST, format!("the body is not gzip: {problem}"))
}

async fn next_frame(body: &mut Body) -> Option<Result<Frame<Bytes>, axum::Error>> {
    std::future::poll_fn(|context| Pin::new(&mut *body).poll_frame(context)).await
}

/// Reads the rest of a body that is refused.
async fn skip(body: &mut Body) {
    let mut skipped = 0;
    while skipped < MAX_SKIPPED
        && let Some(Ok(frame)) = next_frame(body).await
    {
        skipped += frame.data_ref().map_or(0, Bytes::len);
    }
}

/// Checks the headers, and the size that they declare, before the body is read.
fn check_head(headers: &HeaderMap, body: &Body) -> Result<Encoding, Refusal> {
    let encoding = Encoding::of(headers)?;
    if body.size_hint().lower() > MAX_BODY as u64 { Err(body_too_large()) } else { Ok(encoding) }
}

fn body_too_large() -> Refusal {
    Refusal::too_large(format!("the body has more than {MAX_BODY} bytes"))
}

enum Encoding {
    Identity,
    Gzip,
}

impl Encoding {
    fn of(headers: &HeaderMap) -> Result<Self, Refusal> {
        check_content_type(headers)?;
        let encodings: Vec<_> = headers.get_all(header::CONTENT_ENCODING).iter().collect();
        match encodings.as_slice() {
            [] => Ok(Self::Identity),
            [one] if one.as_bytes().eq_ignore_ascii_case(b"identity") => Ok(Self::Identity),
            [one] if one.as_bytes().eq_ignore_ascii_case(b"gzip") => Ok(Self::Gzip),
            _ => Err(unsupported("`content-encoding` has to be `gzip` or missing")),
        }
    }
}

/// A page of a browser can send other types to any server without asking it.
fn check_content_type(headers: &HeaderMap) -> Result<(), Refusal> {
    let Some(value) = headers.get(header::CONTENT_TYPE) else { return Ok(()) };
    let essence = value.as_bytes().split(|byte| *byte == b';').next().unwrap_or_default().trim_ascii();
    if essence.eq_ignore_ascii_case(b"application/json") {
        return Ok(());
    }
    Err(unsupported("`content-type` has to be `application/json` or missing"))
}

fn unsupported(reason: &str) -> Refusal {
    Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, reason)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn status<T>(result: Result<T, Refusal>) -> u16 {
        result.err().map_or(200, |refusal| refusal.status.as_u16())
    }

    fn block_on<T>(future: impl Future<Output = T>) -> T {
        tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(future)
    }

    /// Room for two bodies of the largest size.
    fn room() -> Room {
        Room(Arc::new(Semaphore::new(2 * MAX_BODY)))
    }

    #[test]
    fn bodies_share_the_room_until_they_are_dropped() {
        let (room, headers) = (room(), HeaderMap::new());
        let receive = |size: usize| block_on(room.receive(&headers, Body::from(vec![b' '; size])));
        let (first, second) = (receive(MAX_BODY).unwrap(), receive(MAX_BODY).unwrap());
        assert_eq!(status(receive(1)), 429);
        drop(second);
        assert_eq!(status(receive(MAX_BODY + 1)), 413);
        for _ in 0..3 {
            assert_eq!(status(receive(MAX_BODY)), 200);
        }
        drop(first);
    }

    #[test]
    fn a_compressed_body_takes_room_for_what_it_holds() {
        let (room, mut headers) = (room(), HeaderMap::new());
        headers.insert(header::CONTENT_ENCODING, axum::http::HeaderValue::from_static("GZIP"));
        let receive = |size: usize| {
            let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
            encoder.write_all(&vec![b' '; size]).unwrap();
            block_on(room.receive(&headers, Body::from(encoder.finish().unwrap())))
        };
        assert_eq!(status(receive(MAX_BODY + 1)), 413);
        let first = receive(MAX_BODY).unwrap();
        assert_eq!(first.bytes.len(), MAX_BODY);
        assert_eq!(status(receive(MAX_BODY)), 429, "the compressed bytes take room too");
        let second = receive(MAX_BODY - 64 * 1024).unwrap();
        assert_eq!(status(receive(64 * 1024)), 429);
        drop((first, second));
    }
}
