// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Texts that a constant can build.
//!
//! ```
//! use telemetry_schema::message::Message;
//!
//! const MESSAGE: Message = Message::new("use one of ").push_all(&["red", "green"]);
//! assert_eq!(MESSAGE.as_str(), "use one of `red`, `green`");
//! ```

/// The maximum length of a message, in bytes.
const CAPACITY: usize = 4096;

/// The maximum number of names that a message lists; it only counts the rest.
const LISTED: usize = 24;

/// The end of a message that was cut.
const ELLIPSIS: &str = "…";

/// A text of at most 4096 bytes that can be built in a constant or at run time. A longer text is cut at a character boundary.
#[derive(Debug, Clone, Copy)]
pub struct Message {
    bytes: [u8; CAPACITY],
    len: usize,
    is_cut: bool,
}

impl Message {
    /// A message that starts with `text`.
    #[must_use]
    pub const fn new(text: &str) -> Self {
        Self { bytes: [0; CAPACITY], len: 0, is_cut: false }.push(text)
    }

    /// Appends `text`.
    #[must_use]
    pub const fn push(mut self, text: &str) -> Self {
        if self.is_cut {
            return self;
        }
        let room = CAPACITY - ELLIPSIS.len() - self.len;
        if text.len() <= room {
            self.append(text);
            return self;
        }
        let (head, _) = text.split_at(boundary(text, room));
        self.append(head);
        self.append(ELLIPSIS);
        self.is_cut = true;
        self
    }

    const fn append(&mut self, text: &str) {
        let (_, room) = self.bytes.split_at_mut(self.len);
        let (place, _) = room.split_at_mut(text.len());
        place.copy_from_slice(text.as_bytes());
        self.len += text.len();
    }

    /// Appends `texts` in backticks, separated by commas. A long list is cut and ends with the number of omitted texts.
    #[must_use]
    pub const fn push_all(mut self, texts: &[&str]) -> Self {
        let mut list = Listed::new();
        let mut rest = texts;
        while let [first, tail @ ..] = rest {
            self = list.push(self, first);
            rest = tail;
        }
        list.end(self)
    }

    /// Appends a number.
    #[must_use]
    pub const fn push_integer(mut self, number: i64) -> Self {
        if number < 0 {
            self = self.push("-");
        }
        self.push_unsigned(number.unsigned_abs())
    }

    /// Appends a number.
    pub(crate) const fn push_unsigned(mut self, number: u64) -> Self {
        if number >= 10 {
            self = self.push_unsigned(number / 10);
        }
        let (_, from_digit) = "0123456789".split_at((number % 10) as usize);
        let (digit, _) = from_digit.split_at(1);
        self.push(digit)
    }

    /// Appends a name as a step of a JSON pointer (RFC 6901).
    #[must_use]
    pub const fn push_step(mut self, name: &str) -> Self {
        let (mut rest, mut index) = (name, 0);
        while let [byte, ..] = rest.as_bytes().split_at(index).1 {
            let escaped = match byte {
                b'~' => "~0",
                b'/' => "~1",
                _ => {
                    index += 1;
                    continue;
                }
            };
            let (plain, from_byte) = rest.split_at(index);
            self = self.push(plain).push(escaped);
            (rest, index) = (from_byte.split_at(1).1, 0);
        }
        self.push(rest)
    }

    /// The text.
    #[must_use]
    pub const fn as_str(&self) -> &str {
        let (text, _) = self.bytes.split_at(self.len);
        match std::str::from_utf8(text) {
            Ok(text) => text,
            Err(_) => "", // Unreachable: only whole characters are appended.
        }
    }
}

/// The largest character boundary of `text` that is at most `index`.
const fn boundary(text: &str, mut index: usize) -> usize {
    while !text.is_char_boundary(index) {
        index -= 1;
    }
    index
}

/// A list of names in a message.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Listed {
    count: usize,
}

impl Listed {
    pub(crate) const fn new() -> Self {
        Self { count: 0 }
    }

    /// Appends the next name, unless the list is full.
    pub(crate) const fn push(&mut self, message: Message, name: &str) -> Message {
        self.count += 1;
        if self.count > LISTED {
            return message;
        }
        let message = if self.count == 1 { message } else { message.push(", ") };
        message.push("`").push(name).push("`")
    }

    /// Appends the number of omitted names.
    pub(crate) const fn end(self, message: Message) -> Message {
        if self.count <= LISTED {
            return message;
        }
        message.push(" and ").push_unsigned((self.count - LISTED) as u64).push(" more")
    }
}

/// Fails to compile with `message` unless `rule` holds.
///
/// # Panics
///
/// If `rule` is false. Only constants call this function, so the panic is a compile error.
#[track_caller]
pub const fn require(rule: bool, message: &str) {
    assert!(rule, "{}", message);
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
    fn steps_of_a_pointer_are_escaped() {
        assert_eq!(Message::new("#/").push_step("a/b~ü/").as_str(), "#/a~1b~0ü~1");
    }

    #[test]
    fn a_long_list_is_counted() {
        let message = Message::new("").push_all(&["ab"; LISTED + 3]);
        assert!(message.as_str().ends_with("`ab` and 3 more"), "{}", message.as_str());
        assert!(!Message::new("").push_all(&["ab"; LISTED]).as_str().contains("more"));
    }

    #[test]
    fn what_does_not_fit_is_cut_at_a_character() {
        for shift in 0..4 {
            let message = Message::new(&"x".repeat(shift)).push(&"ü".repeat(CAPACITY)).push("unseen");
            let text = message.as_str();
            assert!(text.len() > CAPACITY - 6 && text.ends_with("ü…"), "{shift}: {} bytes", text.len());
        }
        let exact = "x".repeat(CAPACITY - ELLIPSIS.len());
        assert_eq!(Message::new(&exact).as_str(), exact);
    }
}
