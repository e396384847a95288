// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Threads that report all the time.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;

/// The threads that are at it.
#[derive(Default)]
pub(crate) struct Storm {
    over: Arc<AtomicBool>,
    threads: Vec<JoinHandle<()>>,
}

impl Storm {
    pub(crate) fn start(&mut self, threads: usize) {
        for _ in 0..threads {
            let over = Arc::clone(&self.over);
            self.threads.push(std::thread::spawn(move || {
                while !over.load(Ordering::Relaxed) {
                    super::report::report("");
                }
            }));
        }
    }

    pub(crate) fn end(&mut self) {
        self.over.store(true, Ordering::Relaxed);
        self.threads.drain(..).for_each(|thread| thread.join().expect("reporting does not panic"));
    }
}
