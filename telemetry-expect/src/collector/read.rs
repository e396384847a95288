// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Reads a request of HTTP/1.1, within bounds.

use std::io::{self, BufRead, Read, Write};

use flate2::read::GzDecoder;

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
    pub(super) const METHOD: Self = Self::new(405, "the method is not `POST`");
    pub(super) const LENGTH: Self = Self::new(411, "the request has no usable `content-length`");
    pub(super) const TOO_LARGE: Self = Self::new(413, "the body has more than 8 MiB");
    pub(super) const ENCODING: Self = Self::new(415, "the `content-encoding` is not `gzip`");
    pub(super) const HEAD: Self = Self::new(431, "the headers have more than 64 KiB");
    pub(super) const FULL: Self = Self::new(503, "more than 64 connections, or more than 64 MiB of requests");

    const fn new(status: u16, reason: &'static str) -> Self {
        Self { status, reason }
    }
}

/// A request, or why it is refused; `None` if the client has closed the connection.
pub(super) fn read(
    reader: &mut impl BufRead,
    client: &mut impl Write,
) -> io::Result<Option<Result<ReceivedRequest, Refusal>>> {
    let Some(head) = read_head(reader)? else { return Ok(None) };
    let Ok(mut request) = head else { return Ok(Some(head)) };
    let length = match length(&request) {
        Ok(length) => length,
        Err(refusal) => return Ok(Some(Err(refusal))),
    };
    if request.header("expect").is_some() {
        client.write_all(b"HTTP/1.1 100 Continue\r\n\r\n")?;
    }
    reader.take(length).read_to_end(&mut request.body)?;
    if (request.body.len() as u64) < length {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(Some(decompressed(request)))
}

fn read_head(reader: &mut impl BufRead) -> io::Result<Option<Result<ReceivedRequest, Refusal>>> {
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
            return Ok(Some(Ok(ReceivedRequest { method, path, headers, body: Vec::new(), status: None })));
        } else if head.limit() == 0 {
            return Ok(Some(Err(Refusal::HEAD)));
        } else {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
    }
}

fn line(head: &mut impl BufRead) -> io::Result<String> {
    let mut line = Vec::new();
    head.read_until(b'\n', &mut line)?;
    Ok(String::from_utf8_lossy(&line).into_owned())
}

fn length(request: &ReceivedRequest) -> Result<u64, Refusal> {
    if request.header("transfer-encoding").is_some() {
        return Err(Refusal::LENGTH);
    }
    let length = request.header("content-length").map_or(Ok(0), str::parse);
    match length {
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
