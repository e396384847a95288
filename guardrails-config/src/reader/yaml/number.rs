// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Numbers of YAML 1.1: octal with a leading zero, hexadecimal, binary, base 60, underscores, and floats that need a dot.

use super::scalar::Refusal;

/// The longest decimal integer the reference's language converts.
const MAX_DECIMAL_DIGITS: usize = 4300;

/// Whether a plain scalar has the form of an integer.
pub(super) fn is_int(text: &str) -> bool {
    let digits = unsigned(text);
    let all = |rest: &str, ok: fn(u8) -> bool| {
        !rest.is_empty() && rest.bytes().all(|byte| byte == b'_' || ok(byte))
    };
    if digits == "0" {
        return true;
    }
    if let Some(rest) = digits.strip_prefix("0b") {
        return all(rest, |byte| matches!(byte, b'0' | b'1'));
    }
    if let Some(rest) = digits.strip_prefix("0x") {
        return all(rest, |byte| byte.is_ascii_hexdigit());
    }
    if let Some(rest) = digits.strip_prefix('0') {
        return all(rest, |byte| matches!(byte, b'0'..=b'7'));
    }
    let (head, tail) = digits.split_once(':').map_or((digits, None), |(head, tail)| (head, Some(tail)));
    starts_with_digit(head) && all(head, |byte| byte.is_ascii_digit()) && tail.is_none_or(is_base_60)
}

/// Whether a plain scalar has the form of a float.
pub(super) fn is_float(text: &str) -> bool {
    let digits = unsigned(text);
    if matches!(digits, ".inf" | ".Inf" | ".INF") || matches!(text, ".nan" | ".NaN" | ".NAN") {
        return true;
    }
    let Some((whole, fraction)) = digits.split_once('.') else { return false };
    let underscored = |rest: &str| rest.bytes().all(|byte| byte == b'_' || byte.is_ascii_digit());
    if whole.is_empty() {
        return text.starts_with('.') && starts_with_digit(fraction) && underscored(mantissa(fraction));
    }
    if let Some((head, tail)) = whole.split_once(':') {
        return starts_with_digit(head) && underscored(head) && is_base_60(tail) && underscored(fraction);
    }
    starts_with_digit(whole) && underscored(whole) && underscored(mantissa(fraction))
}

/// The digits before an exponent. An exponent needs a sign, so `1.0e5` is not a number.
fn mantissa(fraction: &str) -> &str {
    let Some(at) = fraction.find(['e', 'E']) else { return fraction };
    let (digits, exponent) = fraction.split_at(at);
    let exponent = exponent.get(1..).unwrap_or_default();
    let power = exponent.strip_prefix(['-', '+']).unwrap_or_default();
    let valid = !power.is_empty() && power.bytes().all(|byte| byte.is_ascii_digit());
    if valid { digits } else { fraction }
}

fn is_base_60(tail: &str) -> bool {
    tail.split(':').all(|part| match part.as_bytes() {
        [ones] => ones.is_ascii_digit(),
        [tens, ones] => matches!(tens, b'0'..=b'5') && ones.is_ascii_digit(),
        _ => false,
    })
}

fn starts_with_digit(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
}

fn unsigned(text: &str) -> &str {
    text.strip_prefix(['-', '+']).unwrap_or(text)
}

/// The integer a scalar stands for; too large ones are clamped.
pub(super) fn int(text: &str) -> Result<i64, Refusal> {
    let text = text.replace('_', "");
    let digits = unsigned(&text);
    let magnitude = magnitude(digits).ok_or_else(|| format!("`{text}` is not an integer"))?;
    Ok(if text.starts_with('-') { magnitude.saturating_neg() } else { magnitude })
}

fn magnitude(digits: &str) -> Option<i64> {
    if digits == "0" {
        return Some(0);
    }
    if let Some(rest) = digits.strip_prefix("0b") {
        return radix(rest, 2);
    }
    if let Some(rest) = digits.strip_prefix("0x") {
        return radix(rest, 16);
    }
    if digits.starts_with('0') {
        return radix(digits.strip_prefix("0o").unwrap_or(digits), 8);
    }
    if digits.contains(':') {
        return digits
            .split(':')
            .try_fold(0_i64, |sum, part| Some(sum.saturating_mul(60).saturating_add(decimal(part)?)));
    }
    decimal(digits)
}

fn decimal(digits: &str) -> Option<i64> {
    let digits = crate::text::strip(digits);
    if digits.len() > MAX_DECIMAL_DIGITS { None } else { radix(digits, 10) }
}

fn radix(digits: &str, base: u32) -> Option<i64> {
    if digits.is_empty() || !digits.chars().all(|c| c.is_digit(base)) {
        return None;
    }
    Some(i64::from_str_radix(digits, base).unwrap_or(i64::MAX))
}

/// The float a scalar stands for.
pub(super) fn float(text: &str) -> Result<f64, Refusal> {
    let lower = text.replace('_', "").to_lowercase();
    let digits = unsigned(&lower);
    let value = match digits {
        ".inf" => Some(f64::INFINITY),
        ".nan" => Some(f64::NAN),
        _ if digits.contains(':') => {
            digits.split(':').try_fold(0.0, |sum, part| Some(sum * 60.0 + decimal_float(part)?))
        }
        _ => decimal_float(digits),
    };
    let value = value.ok_or_else(|| format!("`{text}` is not a number"))?;
    Ok(if lower.starts_with('-') { -value } else { value })
}

fn decimal_float(text: &str) -> Option<f64> {
    crate::text::strip(text).parse().ok()
}
