// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Bodies that a client sends in chunks, without telling their size first.

use std::io::{self, BufRead, Read};

use super::read::{LARGEST_BODY, Refusal, Stop, line};

/// The maximum size of a chunked body with its sizes, extensions and trailers, in bytes. Chunks of one byte have six times the size of
/// their content.
const LARGEST_ON_WIRE: u64 = 6 * LARGEST_BODY + (64 << 10);

/// The maximum length of the line before a chunk, and of a trailer, in bytes.
const LONGEST_LINE: u64 = 8 << 10;

/// Reads a chunked body (RFC 9112, section 7.1). Extensions and trailers are skipped.
pub(super) fn read_chunks(reader: &mut impl BufRead) -> Result<Vec<u8>, Stop> {
    let mut wire = reader.take(LARGEST_ON_WIRE);
    let mut body = Vec::new();
    loop {
        let size = size(&whole_line(&mut wire)?)?;
        if size == 0 {
            skip_trailers(&mut wire)?;
            return Ok(body);
        }
        if size > LARGEST_BODY - body.len() as u64 {
            return Err(Refusal::TOO_LARGE.into());
        }
        let read = (&mut wire).take(size).read_to_end(&mut body)?;
        if (read as u64) < size {
            return Err(cut(wire.limit()));
        }
        if !whole_line(&mut wire)?.trim_end().is_empty() {
            return Err(Refusal::CHUNK.into());
        }
    }
}

/// The size in the line before a chunk, which extensions can follow.
fn size(line: &str) -> Result<u64, Stop> {
    let digits = line.split(';').next().unwrap_or_default().trim_end();
    // The library accepts a sign.
    let is_size = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    let size = is_size.then(|| u64::from_str_radix(digits, 16).ok()).flatten();
    size.ok_or_else(|| Refusal::CHUNK.into())
}

fn skip_trailers(wire: &mut io::Take<impl BufRead>) -> Result<(), Stop> {
    while !whole_line(wire)?.trim_end().is_empty() {}
    Ok(())
}

fn whole_line(wire: &mut io::Take<impl BufRead>) -> Result<String, Stop> {
    let mut short = (&mut *wire).take(LONGEST_LINE);
    let line = line(&mut short)?;
    match (line.ends_with('\n'), short.limit()) {
        (true, _) => Ok(line),
        (false, 0) => Err(Refusal::CHUNK.into()),
        (false, _) => Err(cut(wire.limit())),
    }
}

/// Why the input has ended, if `left` bytes are allowed after it.
fn cut(left: u64) -> Stop {
    if left == 0 { Refusal::TOO_LARGE.into() } else { io::Error::from(io::ErrorKind::UnexpectedEof).into() }
}
