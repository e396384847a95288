// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The rules of schemas, which each event has to follow.

use std::fmt;
use std::sync::Arc;

use crate::event::Event;

/// A part of an event that its schema does not allow.
///
/// ```
/// use telemetry_expect::Violation;
///
/// let violation = Violation::in_parameters("/numArticles", "is not an integer");
/// assert_eq!(violation.to_string(), "`/numArticles` is not an integer");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Violation {
    /// The place, as a JSON pointer (RFC 6901) into the parameters or into the envelope. The empty pointer is the event itself.
    pub pointer: String,
    /// The reason, such as `is not an integer`.
    pub message: String,
    /// Whether the pointer is one into the envelope.
    pub is_in_envelope: bool,
}

impl Violation {
    /// A violation in the parameters of an event.
    #[must_use]
    pub fn in_parameters(pointer: impl Into<String>, message: impl Into<String>) -> Self {
        Self { pointer: pointer.into(), message: message.into(), is_in_envelope: false }
    }

    /// A violation in the envelope of an event.
    #[must_use]
    pub fn in_envelope(pointer: impl Into<String>, message: impl Into<String>) -> Self {
        Self { is_in_envelope: true, ..Self::in_parameters(pointer, message) }
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` {}", self.pointer, self.message)
    }
}

/// Finds the violations of an event.
type Find = dyn Fn(&Event) -> Vec<Violation> + Send + Sync;

/// The rules that each event has to follow.
#[derive(Clone)]
pub(crate) struct Rules(Arc<Find>);

impl Rules {
    pub(crate) fn new(rules: impl Fn(&Event) -> Vec<Violation> + Send + Sync + 'static) -> Self {
        Self(Arc::new(rules))
    }

    pub(crate) fn violations(&self, event: &Event) -> Vec<Violation> {
        (self.0)(event)
    }
}

impl fmt::Debug for Rules {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Rules")
    }
}
