// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Resolves plain scalars of YAML 1.1 like the reference's loader: `yes`, `0x32`, `1_000`, `1:30`, `~`.

use super::value::Value;
use super::{number, time};

/// Why a scalar cannot be built although its form was recognized.
pub(super) type Refusal = String;

/// The value of a plain scalar without a tag.
pub(super) fn resolve(text: &str) -> Result<Value, Refusal> {
    let Some(first) = text.chars().next() else { return Ok(Value::Null) };
    if let Some(value) = word(text) {
        return Ok(value);
    }
    if !matches!(first, '-' | '+' | '.' | '0'..='9') {
        return Ok(Value::Str(text.into()));
    }
    if number::is_float(text) {
        return number::float(text).map(Value::Float);
    }
    if number::is_int(text) {
        return number::int(text).map(Value::Int);
    }
    if time::is_timestamp(text) {
        return time::check(text).map(|()| Value::Time(text.into()));
    }
    Ok(Value::Str(text.into()))
}

fn word(text: &str) -> Option<Value> {
    Some(match text {
        "~" | "null" | "Null" | "NULL" => Value::Null,
        "<<" => Value::MergeKey,
        "=" => Value::EqualsSign,
        "yes" | "Yes" | "YES" | "true" | "True" | "TRUE" | "on" | "On" | "ON" => Value::Bool(true),
        "no" | "No" | "NO" | "false" | "False" | "FALSE" | "off" | "Off" | "OFF" => Value::Bool(false),
        _ => return None,
    })
}

/// A boolean word in any case, for the explicit tag.
pub(super) fn boolean(text: &str) -> Option<bool> {
    match text.to_lowercase().as_str() {
        "yes" | "true" | "on" => Some(true),
        "no" | "false" | "off" => Some(false),
        _ => None,
    }
}
