// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What follows a backslash.

use super::cursor::Cursor;
use super::{Parsed, Parser, Width};

/// What an escape stands for.
pub(super) enum Escape {
    Char(u32),
    /// A class of characters, such as `\d`.
    Class,
    /// A position, such as `\b`.
    Position,
    Group(Width),
}

impl Parser {
    /// An escape outside a class, its backslash already read.
    pub(super) fn escape(&mut self) -> Parsed<Escape> {
        let Some(letter) = self.cursor.next() else { return Err("it ends in a backslash".into()) };
        match letter {
            'A' | 'b' | 'B' | 'Z' => Ok(Escape::Position),
            '0' => Ok(Escape::Char(octal(&self.cursor.take(2, is_octal)))),
            '1'..='9' => self.number(letter),
            _ => common(&mut self.cursor, letter),
        }
    }

    /// A group by number, or three octal digits.
    fn number(&mut self, first: char) -> Parsed<Escape> {
        let mut digits = String::from(first);
        if let Some(second) = self.cursor.peek().filter(char::is_ascii_digit) {
            digits.push(second);
            self.cursor.next();
            let third = self.cursor.peek().filter(|c| is_octal(*c) && digits.chars().all(is_octal));
            if let Some(third) = third {
                digits.push(third);
                self.cursor.next();
                return octal_char(&digits);
            }
        }
        self.reference(digits.parse().unwrap_or(usize::MAX)).map(Escape::Group)
    }
}

/// An escape inside a class, its backslash already read.
pub(super) fn in_class(cursor: &mut Cursor) -> Parsed<Escape> {
    let Some(letter) = cursor.next() else { return Err("it ends in a backslash".into()) };
    match letter {
        'b' => Ok(Escape::Char(8)),
        '0'..='7' => octal_char(&format!("{letter}{}", cursor.take(2, is_octal))),
        '8' | '9' => Err(format!("`\\{letter}` is not an escape").into()),
        _ => common(cursor, letter),
    }
}

fn common(cursor: &mut Cursor, letter: char) -> Parsed<Escape> {
    match letter {
        'd' | 'D' | 's' | 'S' | 'w' | 'W' => Ok(Escape::Class),
        'a' => Ok(Escape::Char(7)),
        'f' => Ok(Escape::Char(12)),
        'n' => Ok(Escape::Char(10)),
        'r' => Ok(Escape::Char(13)),
        't' => Ok(Escape::Char(9)),
        'v' => Ok(Escape::Char(11)),
        'x' => hex(cursor, 2),
        'u' => hex(cursor, 4),
        'U' => hex(cursor, 8),
        'N' => named(cursor),
        _ if letter.is_ascii_alphabetic() => Err(format!("`\\{letter}` is not an escape").into()),
        _ => Ok(Escape::Char(u32::from(letter))),
    }
}

fn hex(cursor: &mut Cursor, length: usize) -> Parsed<Escape> {
    let digits = cursor.take(length, |c| c.is_ascii_hexdigit());
    let code = u32::from_str_radix(&digits, 16).unwrap_or(u32::MAX);
    if digits.len() < length || code > 0x10_ffff {
        return Err("an escape with hexadecimal digits is incomplete or too large".into());
    }
    Ok(Escape::Char(code))
}

/// A character by its name. The names of all characters are not at hand: any that looks like one passes.
fn named(cursor: &mut Cursor) -> Parsed<Escape> {
    let name = if cursor.eat('{') { cursor.until('}') } else { None };
    match name {
        Some(name) if !name.is_empty() => Ok(Escape::Char(0)),
        _ => Err("`\\N` needs the name of a character in braces".into()),
    }
}

fn is_octal(c: char) -> bool {
    matches!(c, '0'..='7')
}

fn octal(digits: &str) -> u32 {
    u32::from_str_radix(digits, 8).unwrap_or_default()
}

fn octal_char(digits: &str) -> Parsed<Escape> {
    match octal(digits) {
        code @ 0..=0o377 => Ok(Escape::Char(code)),
        _ => Err(format!("the octal escape `\\{digits}` is too large").into()),
    }
}
