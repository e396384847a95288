// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What a scenario expects of its events.

use std::fmt;

use super::matcher::Field;
use super::placed::Placed;
use crate::event::Event;

/// A table `[[event]]`: the events with a name, or those of them in which some fields have given values.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct EventExpectation {
    pub(crate) name: Placed<String>,
    /// Selects the events among those of this name.
    pub(crate) selection: Vec<Field>,
    pub(crate) count: Count,
    /// The expected fields of each event.
    pub(crate) fields: Vec<Field>,
    /// The expected members of each envelope.
    pub(crate) envelope: Vec<Field>,
    /// Pointers to values that do not decrease from one event of a session to the next.
    pub(crate) increasing: Vec<Placed<String>>,
}

impl EventExpectation {
    pub(crate) fn selects(&self, event: &Event) -> bool {
        event.name == *self.name && self.selection.iter().all(|field| field.matches(&event.parameters))
    }

    /// The name and the selection, as a report shows them.
    pub(crate) fn title(&self) -> String {
        let selection =
            self.selection.iter().map(|field| format!(" with {} {}", *field.pointer, *field.matcher));
        format!("event `{}`{}", *self.name, selection.collect::<String>())
    }
}

/// How many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Count {
    pub(crate) least: u64,
    pub(crate) most: Option<u64>,
}

impl Count {
    pub(crate) const fn exactly(count: u64) -> Self {
        Self { least: count, most: Some(count) }
    }

    pub(crate) fn contains(self, count: usize) -> bool {
        let count = count as u64;
        self.least <= count && self.most.is_none_or(|most| count <= most)
    }
}

/// At least one: the meaning of a table without a count.
impl Default for Count {
    fn default() -> Self {
        Self { least: 1, most: None }
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.least, self.most) {
            (least, Some(most)) if least == most => write!(f, "{least}"),
            (least, Some(most)) => write!(f, "{least} to {most}"),
            (least, None) => write!(f, "at least {least}"),
        }
    }
}

/// The expected sessions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sessions {
    /// This number of different sessions.
    Count(Count),
    /// Each event in a session of its own.
    Different,
}

/// The expected audit log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Audit {
    /// It holds the parameters of exactly the events that were sent.
    Equal,
    /// The file does not exist.
    Absent,
}

impl Audit {
    pub(crate) const ALL: [Self; 2] = [Self::Absent, Self::Equal];

    /// The name in a manifest.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Equal => "equal",
            Self::Absent => "absent",
        }
    }
}
