// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Records on their way to one endpoint. The machine hands a batch out and gets it back.

use std::sync::Arc;

use crate::endpoint::Endpoint;
use crate::record::Record;

#[derive(Debug)]
pub(crate) struct Batch {
    pub(crate) records: Vec<Record>,
    pub(crate) endpoint: Arc<Endpoint>,
    /// Requests made with it so far.
    pub(super) attempts: u32,
}

impl Batch {
    pub(super) fn new(records: Vec<Record>, endpoint: Arc<Endpoint>) -> Self {
        Self { records, endpoint, attempts: 0 }
    }

    pub(super) fn len(&self) -> u64 {
        self.records.len() as u64
    }

    /// The size of its events.
    pub(super) fn bytes(&self) -> usize {
        self.records.iter().map(|record| record.parameters.len()).sum()
    }

    /// Two halves in order, or itself if it is a lone event. A half starts anew: nobody has refused it yet.
    pub(super) fn split(mut self) -> Result<[Self; 2], Self> {
        if self.records.len() < 2 {
            return Err(self);
        }
        let tail = self.records.split_off(self.records.len() / 2);
        let endpoint = Arc::clone(&self.endpoint);
        Ok([Self::new(self.records, self.endpoint), Self::new(tail, endpoint)])
    }
}
