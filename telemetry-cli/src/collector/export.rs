// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! `--export`: prints all events of a store.

use std::io::Write;
use std::path::Path;

use clap::ValueEnum;

use super::store::{Filter, Order, StoredEvent, page};
use super::{csv, open_store_to_read, unreadable};
use crate::message::CommandError;
use crate::progress::UntilOutput;

/// The most events that are read at once.
const BATCH: usize = 100;

/// The most bytes of texts that are read at once, unless one event has more.
const MAX_BYTES: usize = 4 << 20;

/// The format of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// One JSON object per line.
    Jsonl,
    /// Comma-separated values with a heading (RFC 4180).
    Csv,
}

/// Prints all events, the oldest first.
pub(super) fn print(file: &Path, format: Format, out: &mut dyn Write) -> Result<(), CommandError> {
    let connection = open_store_to_read(file)?;
    let mut progress = UntilOutput::start(false, "reading the store");
    out.write_all(format.head().as_bytes())?;
    let mut filter = Filter { after: Some(0), ..Filter::default() };
    loop {
        let page = page(&connection, &filter, Order::OldestFirst, BATCH, MAX_BYTES);
        let events = page.map_err(|error| unreadable(&error))?.events;
        let Some(last) = events.last() else { return Ok(()) };
        filter.after = Some(last.id);
        progress.before_output();
        events.iter().try_for_each(|event| out.write_all(format.line(event).as_bytes()))?;
    }
}

impl Format {
    /// The text before the first event.
    pub(super) const fn head(self) -> &'static str {
        match self {
            Self::Jsonl => "",
            Self::Csv => csv::HEADER,
        }
    }

    /// The line of an event.
    pub(super) fn line(self, event: &StoredEvent) -> String {
        match self {
            Self::Jsonl => event.json() + "\n",
            Self::Csv => csv::line(event),
        }
    }
}
