// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! An event as bytes: made once, on the reporting thread, and then shared by audit log, envelope and retries.

mod buffer;

use std::fmt;

use serde::Serialize;
use serde::ser::Error as _;

use self::buffer::Buffer;
use crate::event::TelemetryEvent;
use crate::line_breaks::escape_line_breaks;
use crate::timestamp::{IsoTimestamp, TimestampError};

/// An event ready to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// The event's name.
    pub name: &'static str,
    /// The version of the event's schema.
    pub schema_version: &'static str,
    /// When the event happened.
    pub timestamp: IsoTimestamp,
    /// The event's parameters: one JSON object, on one line for every reader of lines.
    pub parameters: Box<str>,
}

/// Why an event has no record.
#[derive(Debug)]
#[non_exhaustive]
pub enum RecordError {
    /// The event's time is no moment.
    Timestamp(TimestampError),
    /// The event has no JSON.
    Json(serde_json::Error),
    /// Neither a value of the event nor its sentinel can be sent.
    Sentinel,
}

impl fmt::Display for RecordError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Timestamp(error) => error.fmt(f),
            Self::Json(error) => write!(f, "the event has no JSON: {error}"),
            Self::Sentinel => f.write_str("neither a value nor its sentinel can be sent"),
        }
    }
}

impl std::error::Error for RecordError {}

impl Record {
    /// The record of an event that happened `unix_seconds` after the start of 1970, and the number of values that were out
    /// of bounds and were changed.
    ///
    /// # Errors
    ///
    /// If the time lies outside of the years 1 to 9999, or if neither a value nor its sentinel can be sent.
    pub fn new<E: TelemetryEvent>(mut event: E, unix_seconds: f64) -> Result<(Self, u32), RecordError> {
        Self::of(&mut event, unix_seconds)
    }

    /// Like [`new`](Self::new), for an event that its owner keeps; it is brought into its bounds.
    pub(crate) fn of<E: TelemetryEvent>(
        event: &mut E,
        unix_seconds: f64,
    ) -> Result<(Self, u32), RecordError> {
        let adjusted_values = event.normalize();
        if adjusted_values == u32::MAX {
            return Err(RecordError::Sentinel);
        }
        let record = Self {
            name: E::DESCRIPTOR.name,
            schema_version: E::DESCRIPTOR.schema_version,
            timestamp: IsoTimestamp::new(unix_seconds).map_err(RecordError::Timestamp)?,
            parameters: json(event).map_err(RecordError::Json)?,
        };
        Ok((record, adjusted_values))
    }
}

fn json(event: &impl Serialize) -> Result<Box<str>, serde_json::Error> {
    let mut buffer = Buffer::new();
    serde_json::to_writer(&mut buffer, event)?;
    let json = std::str::from_utf8(buffer.bytes()).map_err(serde_json::Error::custom)?;
    Ok(escape_line_breaks(json).into())
}
