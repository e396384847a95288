// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Where the JSON of an event is written before its length is known: on the stack, unless it is unusually long. So a record
//! takes one allocation, of exactly its size.

use std::io::{self, Write};

/// Room for the JSON of nearly every event.
const ROOM: usize = 1024;

/// Bytes in the order in which they were written.
pub(super) struct Buffer {
    stack: [u8; ROOM],
    length: usize,
    /// All bytes, once there are more than `stack` has room for.
    heap: Vec<u8>,
}

impl Buffer {
    pub(super) const fn new() -> Self {
        Self { stack: [0; ROOM], length: 0, heap: Vec::new() }
    }

    pub(super) fn bytes(&self) -> &[u8] {
        if self.heap.is_empty() { self.stack.get(..self.length).unwrap_or_default() } else { &self.heap }
    }

    #[cold]
    fn write_to_heap(&mut self, bytes: &[u8]) {
        if self.heap.is_empty() {
            self.heap.reserve(2 * ROOM);
            self.heap.extend(self.stack.iter().take(self.length));
        }
        self.heap.extend(bytes);
    }
}

impl Write for Buffer {
    #[inline]
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let rest = self.stack.get_mut(self.length..);
        match rest.and_then(|rest| rest.get_mut(..bytes.len())) {
            Some(room) => room.copy_from_slice(bytes),
            None => self.write_to_heap(bytes),
        }
        self.length += bytes.len();
        Ok(bytes.len())
    }

    #[inline]
    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.write(bytes).map(drop)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a buffer holds after pieces of these lengths, and what it should hold.
    fn written(lengths: &[usize]) -> (Vec<u8>, Vec<u8>) {
        let (mut buffer, mut expected) = (Buffer::new(), Vec::new());
        for (index, length) in lengths.iter().enumerate() {
            let piece = vec![b'a' + index as u8; *length];
            buffer.write_all(&piece).unwrap();
            expected.extend(piece);
        }
        (buffer.bytes().to_vec(), expected)
    }

    #[test]
    fn pieces_come_out_as_they_went_in_wherever_they_are_kept() {
        for lengths in [
            &[][..],
            &[0],
            &[1, 2],
            &[ROOM],
            &[ROOM - 1, 1],
            &[ROOM - 1, 2, 0, 1],
            &[ROOM, 1],
            &[3 * ROOM, 5],
            &[7, 3 * ROOM, 1, ROOM],
        ] {
            let (found, expected) = written(lengths);
            assert_eq!(found, expected, "{lengths:?}");
        }
    }
}
