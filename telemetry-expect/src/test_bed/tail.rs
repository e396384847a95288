// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The end of a command's output.

use std::collections::VecDeque;
use std::io::Read;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// The number of bytes that are kept.
const KEPT: usize = 8 << 10;

/// The end of both outputs of a command. They are read on threads of their own, so that the command never waits.
#[derive(Debug, Clone, Default)]
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
        let (tail, Some(mut output)) = (self.clone(), output) else { return };
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

    /// The text so far.
    pub(super) fn text(&self) -> String {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let bytes: Vec<u8> = kept.iter().copied().collect();
        String::from_utf8_lossy(&bytes).into_owned()
    }
}
