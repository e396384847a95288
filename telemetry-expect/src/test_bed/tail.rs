// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The end of a command's output.

use std::collections::VecDeque;
use std::io::Read;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// The number of bytes that are kept.
const KEPT: usize = 8 << 10;

/// How long the text waits for the ends of the outputs.
const PATIENCE: Duration = Duration::from_millis(500);

/// The end of both outputs of a command. They are read on threads of their own, so that the command never waits.
#[derive(Debug, Default)]
pub(super) struct Tail(Arc<Mutex<VecDeque<u8>>>);

impl Tail {
    pub(super) fn of(
        stdout: Option<impl Read + Send + 'static>,
        stderr: Option<impl Read + Send + 'static>,
    ) -> Self {
        let tail = Self::default();
        tail.follow(stdout);
        tail.follow(stderr);
        tail
    }

    fn follow(&self, output: Option<impl Read + Send + 'static>) {
        let (tail, Some(mut output)) = (Self(Arc::clone(&self.0)), output) else { return };
        thread::spawn(move || {
            let mut buffer = [0; 1024];
            while let Some(read) = output.read(&mut buffer).ok().and_then(|count| buffer.get(..count)) {
                if read.is_empty() {
                    return;
                }
                tail.add(read);
            }
        });
    }

    fn add(&self, bytes: &[u8]) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.extend(bytes);
        let extra = kept.len().saturating_sub(KEPT);
        kept.drain(..extra);
    }

    /// The text, once both outputs have ended. Processes that are still running can keep them open, so it waits a limited time.
    pub(super) fn text(&self) -> String {
        let start = Instant::now();
        while Arc::strong_count(&self.0) > 1 && start.elapsed() < PATIENCE {
            thread::sleep(Duration::from_millis(1));
        }
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let bytes: Vec<u8> = kept.iter().copied().collect();
        String::from_utf8_lossy(&bytes).into_owned()
    }
}
