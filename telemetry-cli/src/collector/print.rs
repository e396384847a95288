// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Prints events as they are stored. They are read from the store, so a slow terminal slows no request down.

use std::io::Write;

use serde_json::Value;
use telemetry_core::__command1::{counted, escape_untrusted};
use telemetry_schema::__cli1::escape_json;
use tokio::sync::{mpsc, watch};

use super::store::{Filter, Order, Page, Store, StoreError, StoredEvent};
use super::{CollectArgs, unreadable};
use crate::message::{CommandError, eprint_message};
use crate::output::Output;

/// The most events that are read at once.
const BATCH: usize = 256;

/// The most bytes of texts that are read at once, unless one event has more.
const MAX_BYTES: usize = 4 << 20;

/// The longest name and the longest notice, in characters.
const LONGEST: usize = 400;

/// Prints events, and counts them.
pub(super) struct Printer<'a> {
    args: &'a CollectArgs,
    store: Store,
    committed: watch::Receiver<i64>,
    notices: mpsc::Receiver<String>,
    /// The id of the last event that was printed.
    last: i64,
    count: u64,
    invalid: u64,
    /// Whether the store could not be read.
    has_failed: bool,
}

impl<'a> Printer<'a> {
    pub(super) fn new(args: &'a CollectArgs, store: Store, notices: mpsc::Receiver<String>) -> Self {
        let committed = store.committed();
        let last = *committed.borrow();
        Self { args, store, committed, notices, last, count: 0, invalid: 0, has_failed: false }
    }

    /// Prints until `interrupt` is ready, or until enough events have arrived.
    ///
    /// # Errors
    ///
    /// If one of the events that were waited for violates its schema, if they have not arrived, or if printing fails.
    pub(super) async fn print(
        mut self,
        interrupt: impl Future<Output = ()>,
        out: &mut Output<'_>,
    ) -> Result<(), CommandError> {
        let mut interrupt = std::pin::pin!(interrupt);
        let mut is_interrupted = false;
        while !is_interrupted && self.args.count.is_none_or(|count| self.count < count) {
            tokio::select! {
                Ok(()) = self.committed.changed() => self.print_new(out)?,
                Some(notice) = self.notices.recv() => self.print_notice(&notice, out)?,
                () = &mut interrupt => {
                    is_interrupted = true;
                    // Events whose requests were answered before.
                    self.print_new(out)?;
                }
            }
            out.flush()?;
        }
        self.args.count.map_or(Ok(()), |count| self.check(count))
    }

    /// A script waits for this number of valid events.
    fn check(&self, count: u64) -> Result<(), CommandError> {
        let problem = match self.invalid {
            _ if self.count < count => {
                format!("interrupted after {} of {}", self.count, counted(count, "event"))
            }
            0 => return Ok(()),
            1 => format!("1 of {} violates its schema", counted(self.count, "event")),
            invalid => format!("{invalid} of {} violate their schema", counted(self.count, "event")),
        };
        Err(CommandError::Failed(problem))
    }

    fn print_new(&mut self, out: &mut Output<'_>) -> Result<(), CommandError> {
        loop {
            let after = Filter { after: Some(self.last), ..Filter::default() };
            // The server's threads go on while this one reads and prints.
            let page = || self.store.page(&after, Order::OldestFirst, BATCH, MAX_BYTES);
            let Page { events, has_more } = match tokio::task::block_in_place(page) {
                Ok(page) => page,
                Err(error) => return self.fail_to_read(&error),
            };
            events.iter().try_for_each(|event| self.print_event(event, out))?;
            if !has_more {
                return Ok(());
            }
        }
    }

    /// Goes on without printing, because requests can still be answered, unless the program would wait for events in vain.
    fn fail_to_read(&mut self, error: &StoreError) -> Result<(), CommandError> {
        let error = unreadable(error);
        if self.args.count.is_some() {
            return Err(error);
        }
        if !std::mem::replace(&mut self.has_failed, true) {
            eprint_message(&format!("warning: events are not printed: {error}"));
        }
        Ok(())
    }

    fn print_event(&mut self, event: &StoredEvent, out: &mut Output<'_>) -> Result<(), CommandError> {
        self.last = event.id;
        self.count += 1;
        self.invalid += u64::from(!event.is_valid);
        if self.args.quiet {
            return Ok(());
        }
        if self.args.json {
            return Ok(writeln!(out, "{}", escape_json(&event.json()))?);
        }
        out.event(&escape_untrusted(&event.name, LONGEST), &event.parameters)?;
        let violations: Vec<Value> = serde_json::from_str(&event.violations).unwrap_or_default();
        violations
            .iter()
            .try_for_each(|violation| Ok(out.line(&format!("  {}", sentence(violation)), "    ")?))
    }

    fn print_notice(&self, notice: &str, out: &mut Output<'_>) -> Result<(), CommandError> {
        if self.args.json || self.args.quiet {
            return Ok(());
        }
        Ok(out.line(&format!("refused: {}", escape_untrusted(notice, LONGEST)), "    ")?)
    }
}

fn sentence(violation: &Value) -> String {
    let text = |name| violation.get(name).and_then(Value::as_str).unwrap_or_default();
    escape_untrusted(&format!("`{}` {}", text("pointer"), text("message")), 2 * LONGEST)
}
