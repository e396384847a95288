// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What a schema demands of a value.

/// What a value must be.
#[derive(Debug, Clone, Copy)]
pub struct Expected<'a> {
    /// Where the schema says so, as a JSON pointer.
    pub pointer: &'a str,
    /// Whether `null` will do as well.
    pub nullable: bool,
    /// What it must be otherwise.
    pub kind: Kind<'a>,
}

/// The kinds of values.
#[derive(Debug, Clone, Copy)]
pub enum Kind<'a> {
    /// The schema does not say.
    Any,
    /// `true` or `false`.
    Boolean,
    /// A whole number from the first to the second.
    Integer(i64, i64),
    /// A number from the first to the second.
    Number(f64, f64),
    /// Any text.
    Text,
    /// One of these texts.
    Vocabulary(&'a [&'static str]),
    /// An array of such elements.
    Array(&'a Expected<'a>),
    /// An object whose members are such values.
    Map(&'a Expected<'a>),
    /// An object with these properties; what other members must be, if there may be others.
    Object(&'a [Property<'a>], Option<&'a Expected<'a>>),
}

/// One property of an object.
#[derive(Debug, Clone, Copy)]
pub struct Property<'a> {
    /// Its name.
    pub name: &'static str,
    /// Whether it must be there.
    pub required: bool,
    /// What it must be.
    pub expected: Expected<'a>,
}
