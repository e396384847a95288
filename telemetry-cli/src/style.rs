// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The styles of the output on a terminal.

use anstyle::{AnsiColor, Style};

/// The heading of a table.
pub(crate) const HEADING: Style = Style::new().bold();

/// The word that begins a message about a failure.
pub(crate) const ERROR: Style = AnsiColor::Red.on_default().bold();

/// The word that begins a message about something that may be wrong.
pub(crate) const WARNING: Style = AnsiColor::Yellow.on_default().bold();

/// The word that begins help.
pub(crate) const HELP: Style = AnsiColor::Cyan.on_default().bold();
