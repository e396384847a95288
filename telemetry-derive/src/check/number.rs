// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The rules of `range` and of sentinels that can be checked by their spelling. Generated constants check the rest.

use proc_macro2::{Ident, TokenStream, TokenTree};
use syn::Type;
use telemetry_schema::descriptor::Shape;

use super::field::text_sentinel;
use crate::ast::{Encoding, Field};
use crate::attr::{Bounds, Literal, is_literal, literal_float, literal_integer};
use crate::errors::Errors;
use crate::key::Key;
use crate::type_name::{last_argument, spelled, unknown_value, written};

/// The rules of a field with a `range`.
pub(super) fn check_range(field: &Field, errors: &Errors) {
    let Some(bounds) = &field.keys.range else { return };
    if field.primitive.is_none() && is_around_float(field.ty) {
        let help = "put the number into a field of its own, whose type is `f64`";
        return errors.report(bounds, "`range` cannot bound a float inside another type", help);
    }
    if field.is_float() {
        return check_float_range(field, bounds, errors);
    }
    check_bound(&bounds.min, errors);
    check_bound(&bounds.max, errors);
    match bounds.literal() {
        Some((min, max)) if min > max => errors.report(
            bounds,
            format_args!("`range` is empty: {min} is above {max}"),
            format_args!("write `range = {max}..={min}`"),
        ),
        Some(range) => check_range_of_type(field, bounds, range, errors),
        None => {}
    }
}

/// Whether the type is spelled as a container of floats.
fn is_around_float(ty: &Type) -> bool {
    match last_argument(ty) {
        Some(inner) => matches!(spelled(inner).as_str(), "f32" | "f64") || is_around_float(inner),
        None => false,
    }
}

/// Rejects bounds that no value of the type can reach.
fn check_range_of_type(field: &Field, bounds: &Bounds, (min, max): (i64, i64), errors: &Errors) {
    let Some((low, high)) = integer_bounds(field) else { return };
    if low <= min.into() && i128::from(max) <= high {
        return;
    }
    let help = match (i128::from(min).max(low), i128::from(max).min(high)) {
        (from, to) if from <= to => format!("write `range = {from}..={to}`"),
        _ => format!("use `i64` as its type: `{}: i64`", field.name),
    };
    let name = field.primitive.map_or("", |primitive| primitive.name);
    errors.report(
        bounds,
        format_args!("`range` spans {min} to {max}, but `{name}` only {low} to {high}"),
        help,
    );
}

/// The smallest and the largest value of the integer that the field is spelled as.
fn integer_bounds(field: &Field) -> Option<(i128, i128)> {
    let bounds = match field.primitive?.name {
        "u64" => (0, u64::MAX.into()),
        "usize" => (0, u64::MAX.into()),
        "isize" => (i64::MIN.into(), i64::MAX.into()),
        "u128" => (0, i128::MAX),
        "i128" => (i128::MIN, i128::MAX),
        _ => match field.primitive_shape()? {
            Shape::Integer { min, max, .. } => (min.into(), max.into()),
            _ => return None,
        },
    };
    Some(bounds)
}

fn check_bound(bound: &TokenStream, errors: &Errors) {
    if is_literal(bound) && literal_integer(bound).is_none() {
        errors.report(
            bound,
            format_args!("`{bound}` is not a bound of `range`"),
            "write a whole number that fits an `i64`, such as `i64::MAX`",
        );
    }
}

/// Requires the bounds of a float to be literals with a fraction, so that the generated code is plain.
fn check_float_range(field: &Field, bounds: &Bounds, errors: &Errors) {
    let is_narrow = field.primitive.is_some_and(|primitive| primitive.name == "f32");
    let number = |bound: &TokenStream| {
        let number = literal_float(bound);
        if number.is_none() || literal_integer(bound).is_some() {
            let help = "write a number with a fraction, such as `0.0..=1.0`";
            errors.report(bound, format_args!("`{bound}` is not a bound of a float's `range`"), help);
        }
        if let Some(held) = number.filter(|_| is_narrow).and_then(rounded) {
            let written = written(bound);
            let problem = format_args!("`f32` cannot hold `{written}`");
            errors.report(bound, problem, format_args!("write `{held:?}`"));
        }
        number
    };
    if let (Some(min), Some(max)) = (number(&bounds.min), number(&bounds.max))
        && min > max
    {
        let help = format!("write `range = {max:?}..={min:?}`");
        errors.report(bounds, format_args!("`range` is empty: {min:?} is above {max:?}"), help);
    }
    if let (Some(token), None) = (field.keys.token(Key::Range), field.keys.token(Key::Sentinel)) {
        let help = format!("add `sentinel = {:?}`", literal_float(&bounds.min).unwrap_or_default());
        errors.report(token, "a float needs a `sentinel`, since it may be NaN", help);
    }
}

/// The number that an `f32` rounds `bound` to, if it is sent as another number.
#[expect(clippy::cast_possible_truncation, reason = "what is cut off is what is looked for")]
fn rounded(bound: f64) -> Option<f32> {
    let held = (bound as f32).clamp(f32::MIN, f32::MAX);
    (held.to_string().parse() != Ok(bound)).then_some(held)
}

/// The rules of a sentinel that is a literal.
pub(super) fn check_sentinel(field: &Field, errors: &Errors) {
    let Some(sentinel) = &field.keys.sentinel else { return };
    check_finite(field, sentinel, errors);
    let Some(literal) = Literal::of(sentinel) else { return };
    if let Some(help) = wrong_type(field, &literal) {
        let name = field.primitive.map_or("", |primitive| primitive.name);
        return errors.report(
            sentinel,
            format_args!("`{}` is not a value of `{name}`", written(sentinel)),
            help,
        );
    }
    match field.encoding() {
        Encoding::Bounded(bounds) => check_within(sentinel, &literal, bounds, errors),
        Encoding::Text { max_len, .. } => {
            if let (Literal::Text(text), Ok(max_len)) = (&literal, max_len.base10_parse()) {
                check_text(field, sentinel, (text, max_len), errors);
            }
        }
        Encoding::Plain | Encoding::Bucketed(_) => {}
    }
}

/// The sentinel to write instead, if the literal has another type than the primitive that the field is spelled as.
fn wrong_type(field: &Field, literal: &Literal) -> Option<String> {
    let shape = field.primitive_shape();
    match (shape, integer_bounds(field), literal) {
        (Some(Shape::Boolean), _, Literal::Boolean) | (Some(Shape::Number { .. }), _, Literal::Float(_)) => {
            None
        }
        (Some(Shape::Boolean), ..) => Some("write `sentinel = false`".to_owned()),
        (Some(Shape::Number { .. }), ..) => {
            Some(format!("write `sentinel = {:?}`", float_like(literal, field)))
        }
        (_, Some((low, high)), Literal::Integer(number)) if (low..=high).contains(number) => None,
        (_, Some((low, _)), _) => {
            let sentinel = field
                .keys
                .range
                .as_ref()
                .and_then(Bounds::literal)
                .map_or(low.max(-1), |(min, _)| min.into());
            Some(format!("write `sentinel = {sentinel}`"))
        }
        (_, None, _) => None,
    }
}

/// The integer literal as a float, or -1.0 for other literals, clamped to the field's `range`.
#[expect(clippy::cast_precision_loss, reason = "a sentinel that big is not what the author meant")]
fn float_like(literal: &Literal, field: &Field) -> f64 {
    let number = if let Literal::Integer(number) = literal { *number as f64 } else { -1.0 };
    let bounds = field.keys.range.as_ref().map(|bounds| (&bounds.min, &bounds.max));
    match bounds.and_then(|(min, max)| literal_float(min).zip(literal_float(max))) {
        Some((min, max)) if number < min || max < number => min,
        _ => number,
    }
}

/// The sentinel must survive normalization.
fn check_within(sentinel: &TokenStream, literal: &Literal, bounds: &Bounds, errors: &Errors) {
    let is_within =
        match (literal, bounds.literal(), literal_float(&bounds.min).zip(literal_float(&bounds.max))) {
            (Literal::Integer(number), Some((min, max)), _) => {
                min > max || (i128::from(min)..=i128::from(max)).contains(number)
            }
            (Literal::Float(number), _, Some((min, max))) => min > max || (min..=max).contains(number),
            _ => true,
        };
    if !is_within {
        errors.report(
            sentinel,
            format_args!(
                "`sentinel` is outside of `range`, which is `{}..={}`",
                written(&bounds.min),
                written(&bounds.max)
            ),
            "widen `range` to include it, or choose another `sentinel`",
        );
    }
}

/// Requires a text that can be sent unchanged.
fn check_text(field: &Field, sentinel: &TokenStream, (text, max_len): (&str, u32), errors: &Errors) {
    let length = text.chars().count();
    if text.chars().any(char::is_control) {
        let help = format!("write `{}`", text_sentinel(field));
        errors.report(sentinel, "`sentinel` has a control character, which no free text may have", help);
    } else if max_len > 0 && length > max_len as usize {
        errors.report(
            sentinel,
            format_args!("`sentinel` has {length} characters, and `max_len` is {max_len}"),
            format_args!("write `max_len = {length}`, or a shorter `sentinel`"),
        );
    }
}

/// Rejects float constants without a JSON form, such as `f64::NAN`, even if the type is not spelled as a float.
fn check_finite(field: &Field, sentinel: &TokenStream, errors: &Errors) {
    if let Some(found) = not_finite(sentinel.clone()) {
        let problem = format_args!("`{found}` cannot be written as JSON, so it cannot mean \"unknown\"");
        errors.report(sentinel, problem, format_args!("write `sentinel = {}`", finite_sentinel(field)));
    }
}

fn not_finite(expression: TokenStream) -> Option<Ident> {
    expression.into_iter().find_map(|token| match token {
        TokenTree::Ident(name) => {
            ["NAN", "INFINITY", "NEG_INFINITY"].iter().any(|it| name == it).then_some(name)
        }
        TokenTree::Group(group) => not_finite(group.stream()),
        _ => None,
    })
}

fn finite_sentinel(field: &Field) -> String {
    match (&field.keys.range, last_argument(field.ty)) {
        (Some(bounds), None) => written(&bounds.min),
        _ => unknown_value(field.ty, "-1.0"),
    }
}

#[cfg(test)]
mod tests {
    use super::rounded;

    #[test]
    fn an_f32_has_the_numbers_that_it_is_sent_as() {
        for held in [0.0, 0.1, 1.0, 16_777_216.0, 3.402_823_5e38] {
            assert_eq!(rounded(held), None, "{held}");
        }
        assert_eq!(rounded(0.123_456_789), Some(0.123_456_79));
        assert_eq!(rounded(16_777_217.0), Some(16_777_216.0));
        assert_eq!((rounded(1e39), rounded(-1e39)), (Some(f32::MAX), Some(f32::MIN)));
    }
}
