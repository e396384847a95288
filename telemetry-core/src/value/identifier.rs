// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Identifiers: texts with a fixed form, checked when they are made.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};
use telemetry_schema::text::{MAX_IDENTIFIER, is_identifier};

use super::TelemetryValue;
use crate::descriptor::{IdentifierKind, Shape};

/// A text that is not an identifier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdentifierError {
    text: String,
    kind: &'static str,
}

impl fmt::Display for IdentifierError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { text, kind } = self;
        write!(
            f,
            "`{}` is not a {kind}: use 1 to {MAX_IDENTIFIER} of `A-Z a-z 0-9 . _ + - !`",
            text.escape_debug()
        )
    }
}

impl std::error::Error for IdentifierError {}

macro_rules! identifier {
    ($name:ident, $kind:literal, $shape:expr, $(#[$doc:meta])*) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Cow<'static, str>);

        impl $name {
            /// Makes one from text that the program itself contains.
            ///
            /// # Panics
            ///
            /// If the text has another form; in a constant that is a compile error.
            #[must_use]
            pub const fn from_static(text: &'static str) -> Self {
                assert!(is_identifier(text), concat!("not a ", $kind, ": use 1 to 64 of `A-Z a-z 0-9 . _ + - !`"));
                Self(Cow::Borrowed(text))
            }

            /// The text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        /// `unknown`.
        impl Default for $name {
            fn default() -> Self {
                Self::from_static("unknown")
            }
        }

        impl FromStr for $name {
            type Err = IdentifierError;

            fn from_str(text: &str) -> Result<Self, IdentifierError> {
                if is_identifier(text) {
                    return Ok(Self(Cow::Owned(text.to_owned())));
                }
                Err(IdentifierError { text: text.to_owned(), kind: $kind })
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl TelemetryValue for $name {
            crate::__sent_as_itself!();

            const SHAPE: Shape = Shape::Identifier($shape);
        }
    };
}

identifier!(
    Version,
    "version",
    IdentifierKind::Version,
    /// A version such as `0.24.1` or `3.13.0a1+local`: 1 to 64 letters, digits, dots, `_`, `+`, `-` or `!`.
    ///
    /// ```
    /// use telemetry_core::value::Version;
    ///
    /// const UNKNOWN: Version = Version::from_static("unknown");
    /// let version: Version = "0.24.1".parse()?;
    /// assert_ne!(version, UNKNOWN);
    /// assert_eq!(Version::default(), UNKNOWN);
    /// assert!("/home/ann/python".parse::<Version>().is_err());
    /// # Ok::<(), telemetry_core::value::IdentifierError>(())
    /// ```
);

identifier!(
    Token,
    "token",
    IdentifierKind::Token,
    /// A short name that the product itself gives out, such as a feature id: 1 to 64 letters, digits, dots, `_`, `+`, `-` or
    /// `!`. No blanks and no slashes, so neither prose nor a path passes for one.
    ///
    /// ```
    /// use telemetry_core::value::Token;
    ///
    /// assert_eq!(Token::from_static("self_check").as_str(), "self_check");
    /// assert!("self check".parse::<Token>().is_err());
    /// ```
);

#[cfg(feature = "uuid")]
impl TelemetryValue for uuid::Uuid {
    crate::__sent_as_itself!();
    const SHAPE: Shape = Shape::Identifier(IdentifierKind::Uuid);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_hold_neither_prose_nor_paths_nor_control_characters() {
        for bad in ["", " ", "a b", "/etc", "a\\b", "a\n", "é", &"a".repeat(65)] {
            assert!(bad.parse::<Token>().is_err(), "{bad:?}");
        }
        for good in ["a", "1.2.3", "3.13.0a1+", "1!2.0", &"a".repeat(64)] {
            assert_eq!(good.parse::<Version>().unwrap().as_str(), good);
        }
    }

    #[test]
    fn the_error_shows_the_text_and_the_form() {
        let error = "a b".parse::<Token>().unwrap_err().to_string();
        assert_eq!(error, "`a b` is not a token: use 1 to 64 of `A-Z a-z 0-9 . _ + - !`");
    }
}
