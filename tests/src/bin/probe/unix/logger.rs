// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! A logger that leaves nothing out.

use log::{LevelFilter, Log, Metadata, Record};

use super::script::say;

struct Everything;

impl Log for Everything {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &Record<'_>) {
        say(format_args!("{} {}: {}", record.level(), record.target(), record.args()));
    }

    fn flush(&self) {}
}

pub(crate) fn install() {
    log::set_logger(&Everything).expect("this process has no logger yet");
    log::set_max_level(LevelFilter::Trace);
}
