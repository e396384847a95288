// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! A buffer for JSON of unknown length, on the stack unless it is unusually long. A record then needs one allocation of its exact size.

use std::io::{self, Write};

/// The capacity of the stack, in bytes: enough for the JSON of nearly every event.
const ROOM: usize = 1024;

/// A buffer that moves to the heap when the stack is full.
pub(super) struct Buffer {
    stack: [u8; ROOM],
    length: usize,
    /// All bytes, once they exceed `stack`; empty before.
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

    /// The content of a buffer after pieces of these lengths were written, and the expected content.
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
    fn a_buffer_returns_the_written_bytes_on_the_stack_and_on_the_heap() {
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
