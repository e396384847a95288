// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Reads a request of HTTP/1.1, within bounds.

use std::io::{self, BufRead, Read, Write};

use flate2::read::GzDecoder;

use super::chunks::read_chunks;
use super::request::ReceivedRequest;

/// The maximum size of the first line and the headers together, in bytes.
const LARGEST_HEAD: u64 = 64 << 10;

/// The maximum size of a body in bytes, before and after decompression.
pub(super) const LARGEST_BODY: u64 = 8 << 20;

/// Why a request is answered without a look at the envelope.
#[derive(Debug, Clone, Copy)]
pub(super) struct Refusal {
    pub(super) status: u16,
    pub(super) reason: &'static str,
}

impl Refusal {
    pub(super) const ENVELOPE: Self = Self::new(400, "the body is not an envelope");
    pub(super) const CHUNK: Self = Self::new(400, "a chunk of the body has no usable size, or not this size");
    pub(super) const METHOD: Self = Self::new(405, "the method is not `POST`");
    pub(super) const LENGTH: Self = Self::new(411, "the request has no usable `content-length`");
    pub(super) const TOO_LARGE: Self = Self::new(413, "the body has more than 8 MiB");
    pub(super) const ENCODING: Self = Self::new(415, "the `content-encoding` is not `gzip`");
    pub(super) const HEAD: Self = Self::new(431, "the headers have more than 64 KiB");
    pub(super) const CODING: Self = Self::new(501, "the `transfer-encoding` is not `chunked`");
    pub(super) const FULL: Self = Self::new(503, "more than 64 connections, or more than 64 MiB of requests");

    const fn new(status: u16, reason: &'static str) -> Self {
        Self { status, reason }
    }
}

/// Why no request can be read.
#[derive(Debug)]
pub(super) enum Stop {
    /// The client gets an answer.
    Refused(Refusal),
    /// The connection is of no use any more.
    Broken(io::Error),
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self::Broken(error)
    }
}

/// How a client shows where the body ends.
enum Framing {
    Length(u64),
    Chunks,
}

/// A request, or `None` if the client has closed the connection.
pub(super) fn read(
    reader: &mut impl BufRead,
    client: &mut impl Write,
) -> Result<Option<ReceivedRequest>, Stop> {
    let Some(mut request) = read_head(reader)? else { return Ok(None) };
    let framing = framing(&request)?;
    if request.header("expect").is_some() {
        client.write_all(b"HTTP/1.1 100 Continue\r\n\r\n")?;
    }
    request.body = match framing {
        Framing::Length(length) => read_exactly(reader, length)?,
        Framing::Chunks => read_chunks(reader)?,
    };
    Ok(Some(decompressed(request)?))
}

fn read_exactly(reader: &mut impl BufRead, length: u64) -> io::Result<Vec<u8>> {
    let mut body = Vec::new();
    reader.take(length).read_to_end(&mut body)?;
    if (body.len() as u64) < length { Err(io::ErrorKind::UnexpectedEof.into()) } else { Ok(body) }
}

fn read_head(reader: &mut impl BufRead) -> Result<Option<ReceivedRequest>, Stop> {
    let mut head = reader.take(LARGEST_HEAD);
    let first = line(&mut head)?;
    let mut words = first.split_whitespace().map(str::to_owned);
    let (Some(method), Some(path)) = (words.next(), words.next()) else { return Ok(None) };
    let mut headers = Vec::new();
    loop {
        let line = line(&mut head)?;
        if let Some((name, value)) = line.split_once(':') {
            headers.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
        } else if line.ends_with('\n') {
            return Ok(Some(ReceivedRequest { method, path, headers, body: Vec::new(), status: None }));
        } else if head.limit() == 0 {
            return Err(Refusal::HEAD.into());
        } else {
            return Err(io::Error::from(io::ErrorKind::UnexpectedEof).into());
        }
    }
}

/// The bytes up to the end of a line, or up to the end of the input.
pub(super) fn line(head: &mut impl BufRead) -> io::Result<String> {
    let mut line = Vec::new();
    head.read_until(b'\n', &mut line)?;
    Ok(String::from_utf8_lossy(&line).into_owned())
}

/// Chunks take precedence over a length (RFC 9112, section 6.3).
fn framing(request: &ReceivedRequest) -> Result<Framing, Refusal> {
    let codings = request.headers.iter().filter(|(name, _)| name == "transfer-encoding");
    match codings.map(|(_, coding)| coding).collect::<Vec<_>>().as_slice() {
        [] => length(request).map(Framing::Length),
        [coding] if coding.eq_ignore_ascii_case("chunked") => Ok(Framing::Chunks),
        _ => Err(Refusal::CODING),
    }
}

fn length(request: &ReceivedRequest) -> Result<u64, Refusal> {
    match request.header("content-length").map_or(Ok(0), str::parse) {
        Ok(length) if length <= LARGEST_BODY => Ok(length),
        Ok(_) => Err(Refusal::TOO_LARGE),
        Err(_) => Err(Refusal::LENGTH),
    }
}

fn decompressed(mut request: ReceivedRequest) -> Result<ReceivedRequest, Refusal> {
    match request.header("content-encoding") {
        None | Some("identity") => return Ok(request),
        Some("gzip") => {}
        Some(_) => return Err(Refusal::ENCODING),
    }
    let mut body = Vec::new();
    let read = GzDecoder::new(request.body.as_slice()).take(LARGEST_BODY + 1).read_to_end(&mut body);
    read.map_err(|_| Refusal::ENVELOPE)?;
    if body.len() as u64 > LARGEST_BODY {
        return Err(Refusal::TOO_LARGE);
    }
    request.body = body;
    Ok(request)
}
