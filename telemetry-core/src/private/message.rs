// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Messages put together while compiling.

/// The longest message, in bytes. What does not fit is cut.
const CAPACITY: usize = 4096;

/// A text that a constant builds.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Message {
    bytes: [u8; CAPACITY],
    len: usize,
}

impl Message {
    /// The message that begins with `text`.
    #[must_use]
    pub(crate) const fn new(text: &str) -> Self {
        Self { bytes: [0; CAPACITY], len: 0 }.push(text)
    }

    /// The same with `text` at its end.
    #[must_use]
    pub(crate) const fn push(mut self, text: &str) -> Self {
        let (_, mut room) = self.bytes.split_at_mut(self.len);
        let mut rest = text.as_bytes();
        while let ([place, more_room @ ..], [byte, more @ ..]) = (room, rest) {
            *place = *byte;
            self.len += 1;
            (room, rest) = (more_room, more);
        }
        self
    }

    /// The same with each of `texts` in backticks and commas between them.
    #[must_use]
    pub(crate) const fn push_all(mut self, texts: &[&str]) -> Self {
        let mut rest = texts;
        while let [first, tail @ ..] = rest {
            self = self.push("`").push(first).push(if tail.is_empty() { "`" } else { "`, " });
            rest = tail;
        }
        self
    }

    /// The same with a number at its end.
    #[must_use]
    pub(crate) const fn push_integer(mut self, number: i64) -> Self {
        if number < 0 {
            self = self.push("-");
        }
        self.push_digits(number.unsigned_abs())
    }

    const fn push_digits(mut self, number: u64) -> Self {
        if number >= 10 {
            self = self.push_digits(number / 10);
        }
        let (_, from_digit) = "0123456789".split_at((number % 10) as usize);
        let (digit, _) = from_digit.split_at(1);
        self.push(digit)
    }

    /// Whether there is nothing to say.
    #[must_use]
    pub(crate) const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The text.
    #[must_use]
    pub(crate) const fn as_str(&self) -> &str {
        let (text, _) = self.bytes.split_at(self.len);
        match std::str::from_utf8(text) {
            Ok(text) => text,
            Err(_) => "the message was cut inside a character",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_and_numbers_follow_one_another() {
        const MESSAGE: Message = Message::new("a ").push_integer(i64::MIN).push(" ").push_all(&["x", "y"]);
        assert_eq!(MESSAGE.as_str(), "a -9223372036854775808 `x`, `y`");
        assert_eq!(Message::new("").push_integer(0).push_integer(1024).as_str(), "01024");
    }

    #[test]
    fn what_does_not_fit_is_cut() {
        assert_eq!(Message::new(&"x".repeat(5000)).as_str().len(), CAPACITY);
    }
}
