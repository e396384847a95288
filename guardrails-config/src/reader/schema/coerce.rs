// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Which values pass for a boolean, a number or text: the lax rules of the reference's models.

use std::borrow::Cow;

use super::super::yaml::Value;

/// `true`, 1, 1.0, and words such as `yes`, `off` and `t` in any case.
pub(crate) fn to_bool(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(value) => Some(*value),
        Value::Int(0) => Some(false),
        Value::Int(1) => Some(true),
        Value::Float(value) if *value == 0.0 => Some(false),
        Value::Float(value) if *value == 1.0 => Some(true),
        Value::Str(word) => bool_word(word),
        _ => None,
    }
}

fn bool_word(word: &str) -> Option<bool> {
    match word.to_ascii_lowercase().as_str() {
        "1" | "on" | "t" | "true" | "y" | "yes" => Some(true),
        "0" | "off" | "f" | "false" | "n" | "no" => Some(false),
        _ => None,
    }
}

/// Integers, floats without a fraction, booleans, and decimal text.
pub(crate) fn to_int(value: &Value) -> Option<i64> {
    match value {
        Value::Bool(value) => Some(i64::from(*value)),
        Value::Int(value) => Some(*value),
        Value::Float(value) if value.is_finite() && value.fract() == 0.0 =>
        {
            #[expect(
                clippy::cast_possible_truncation,
                reason = "clamping is what integers beyond 64 bits get"
            )]
            Some(*value as i64)
        }
        Value::Str(text) => int_text(text),
        _ => None,
    }
}

fn int_text(text: &str) -> Option<i64> {
    let text = text.trim();
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    let digits = without_zero_fraction(digits);
    let valid = well_separated(digits) && digits.bytes().all(|byte| byte == b'_' || byte.is_ascii_digit());
    valid.then(|| digits.replace('_', "").parse().unwrap_or(i64::MAX) * sign)
}

fn without_zero_fraction(digits: &str) -> &str {
    match digits.split_once('.') {
        Some((whole, fraction)) if !fraction.is_empty() && fraction.bytes().all(|byte| byte == b'0') => whole,
        _ => digits,
    }
}

/// Underscores are allowed only between two digits.
fn well_separated(digits: &str) -> bool {
    !digits.is_empty() && digits.split('_').all(|group| !group.is_empty())
}

/// Numbers, booleans, and text that spells a float, `inf` and `nan` included.
pub(crate) fn to_float(value: &Value) -> Option<f64> {
    match value {
        Value::Bool(value) => Some(f64::from(u8::from(*value))),
        #[expect(clippy::cast_precision_loss, reason = "the reference converts as well")]
        Value::Int(value) => Some(*value as f64),
        Value::Float(value) => Some(*value),
        Value::Str(text) => float_text(text),
        _ => None,
    }
}

fn float_text(text: &str) -> Option<f64> {
    let text = text.trim();
    if text.contains('_') && !well_separated(text) {
        return None;
    }
    text.replace('_', "").parse().ok()
}

/// Text, and binary data that is UTF-8.
pub(crate) fn to_text(value: &Value) -> Option<Cow<'_, str>> {
    match value {
        Value::Str(text) => Some(Cow::Borrowed(text)),
        Value::Bytes(bytes) => std::str::from_utf8(bytes).ok().map(Cow::Borrowed),
        _ => None,
    }
}
