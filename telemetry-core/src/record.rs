// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! An event as bytes: made once, on the reporting thread, and then shared by audit log, envelope and retries.

mod buffer;

use std::error::Error;
use std::fmt;

use serde::Serialize;
use serde::ser::Error as _;

use self::buffer::Buffer;
use crate::event::TelemetryEvent;
use crate::line_breaks::escape_line_breaks;
#[cfg(feature = "client")]
use crate::stats::DropReason;
use crate::time::{IsoTimestamp, TimestampError};
use crate::value::Unsendable;

/// An event ready to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
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
    /// The event's time is not a moment between the years 1 and 9999.
    Timestamp(TimestampError),
    /// The event has no JSON, since its `Serialize` refused, or JSON has nothing like it.
    Json(Box<dyn Error + Send + Sync>),
    /// A value of the event keeps it from being sent.
    Value(Unsendable),
}

impl fmt::Display for RecordError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Timestamp(_) => f.write_str("the time of the event cannot be sent"),
            Self::Json(_) => f.write_str("the event has no JSON"),
            Self::Value(_) => f.write_str("a value of the event keeps it from being sent"),
        }
    }
}

impl Error for RecordError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(match self {
            Self::Timestamp(error) => error,
            Self::Json(error) => &**error,
            Self::Value(reason) => reason,
        })
    }
}

impl RecordError {
    /// What the event is counted as.
    #[cfg(feature = "client")]
    pub(crate) const fn drop_reason(&self) -> DropReason {
        match self {
            Self::Value(Unsendable::OutOfRange) => DropReason::OutOfRange,
            Self::Value(Unsendable::Sentinel) | Self::Timestamp(_) | Self::Json(_) => {
                DropReason::Unserializable
            }
        }
    }
}

impl Record {
    /// The record of an event that happened `unix_seconds` after the start of 1970, and the number of values that were out
    /// of bounds and were changed. [`envelope`](crate::envelope::envelope) shows how it is used.
    ///
    /// # Errors
    ///
    /// If the time lies outside of the years 1 to 9999, or if a value keeps the event from being sent.
    pub fn new<E: TelemetryEvent>(mut event: E, unix_seconds: f64) -> Result<(Self, u32), RecordError> {
        Self::of(&mut event, unix_seconds)
    }

    /// Like [`new`](Self::new), for an event that its owner keeps; it is brought into its bounds.
    pub(crate) fn of<E: TelemetryEvent>(
        event: &mut E,
        unix_seconds: f64,
    ) -> Result<(Self, u32), RecordError> {
        let adjusted_values = event.normalize().map_err(RecordError::Value)?;
        let record = Self {
            name: E::DESCRIPTOR.name,
            schema_version: E::DESCRIPTOR.schema_version,
            timestamp: IsoTimestamp::new(unix_seconds).map_err(RecordError::Timestamp)?,
            parameters: json(event).map_err(|error| RecordError::Json(error.into()))?,
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
