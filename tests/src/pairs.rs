// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Random pairs of a schema file and an event: whether the event keeps to the schema is then judged in several ways.

pub mod choices;
pub mod field;
mod fit;
pub mod number;
pub mod rust;
pub mod schema;

/// A name on the wire, and the name in Rust of a field that has it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Name {
    /// The name on the wire.
    pub wire: &'static str,
    /// The name in Rust, without `r#`.
    pub rust: &'static str,
}

impl std::fmt::Debug for Name {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}", self.wire)
    }
}

/// The names that schemas and fields share, so that they meet. Some need an escape in a JSON pointer, some cannot be a `Token`.
pub const NAMES: [Name; 6] = [
    Name { wire: "a", rust: "a" },
    Name { wire: "numTries", rust: "num_tries" },
    Name { wire: "type", rust: "type" },
    Name { wire: "a b", rust: "a_b" },
    Name { wire: "x/y~", rust: "x_y" },
    Name { wire: "ü", rust: "ue" },
];

/// The texts of vocabularies: some are labels of buckets, and some are names of members.
pub const WORDS: [&str; 9] = ["success", "failure", "0", "1", "2-5", "6+", "a b", "ü", "numTries"];

/// The source key and value of the product.
pub const SOURCE: (&str, &str) = ("nemoSource", "shop");

/// The name of the event in its schema.
pub const EVENT: &str = "e";
