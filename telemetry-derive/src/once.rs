// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Work that one event does for all events of its crate, so that one mistake causes one error and one file is read once.

use std::sync::{Mutex, PoisonError};

use proc_macro2::Span;

/// The tasks of this process, each with the event that does it. A compiler process compiles one crate, but a language server
/// expands the same event repeatedly.
static TASKS: Mutex<Vec<(String, String)>> = Mutex::new(Vec::new());

/// Whether `event` is the one that does `task`: the first that asked.
pub(crate) fn is_first(task: &str, event: &str) -> bool {
    let mut tasks = TASKS.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, first)) = tasks.iter().find(|(known, _)| known == task) {
        return first == event;
    }
    tasks.push((task.to_owned(), event.to_owned()));
    true
}

/// The source file, if the item at `span` is not indented. Names then have the same meaning in all such items of the file.
pub(crate) fn file_of_module(span: Span) -> Option<String> {
    // Unit tests expand macros without a compiler.
    if !proc_macro::is_available() {
        return None;
    }
    let span = span.unwrap();
    (span.column() == 1).then(|| span.file())
}
