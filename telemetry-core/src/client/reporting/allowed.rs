// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! A report that nothing opts out of: its event becomes a record for delivery, or is counted as dropped.

use std::sync::Arc;

use super::{ProcessState, ReportingClient};
use crate::causes::with_causes;
use crate::endpoint::Endpoint;
use crate::event::TelemetryEvent;
use crate::record::{Record, RecordError};
use crate::stats::DropReason;
use crate::variables::EnvironmentSource;

/// A report that nothing opts out of.
pub(super) struct Allowed<'a> {
    pub(super) client: &'a ReportingClient,
    pub(super) process: &'a ProcessState,
    pub(super) environment: EnvironmentSource<'a>,
    pub(super) timestamp: f64,
}

impl Allowed<'_> {
    /// The interval, in seconds, of the heartbeats that this report starts, if it does. Without a valid endpoint, heartbeats would keep
    /// a thread alive to no purpose.
    pub(super) fn interval_to_start(&self) -> Option<f64> {
        let starts =
            || self.process.delivery.lacks_heartbeat() && self.client.endpoint(self.environment).is_ok();
        self.client.heartbeat_interval_s.filter(|_| starts())
    }

    /// Hands the event to delivery, or counts it as dropped. Returns whether it was handed over.
    pub(super) fn submit<E: TelemetryEvent>(&self, event: &mut E) -> bool {
        let delivery = &self.process.delivery;
        let record = self.record(event);
        let has_record = record.is_ok();
        match record {
            Ok((record, adjusted_values, endpoint)) => {
                delivery.submit(record, adjusted_values, endpoint, self.environment)
            }
            Err(reason) => delivery.drop_unqueued(reason),
        }
        has_record
    }

    /// The record of the event, the number of values that were adjusted to their bounds, and the endpoint.
    fn record<E: TelemetryEvent>(&self, event: &mut E) -> Result<(Record, u32, Arc<Endpoint>), DropReason> {
        let endpoint = self.client.endpoint(self.environment).map_err(|error| {
            log::debug!("event `{}` is not sent: {error}", E::DESCRIPTOR.name);
            DropReason::BadEndpoint
        })?;
        let (record, adjusted_values) = Record::of(event, self.timestamp).map_err(|error| {
            log_unrecorded::<E>(&error);
            error.drop_reason()
        })?;
        Ok((record, adjusted_values, endpoint))
    }
}

pub(super) fn log_unrecorded<E: TelemetryEvent>(error: &RecordError) {
    log::debug!("event `{}` is not sent: {}", E::DESCRIPTOR.name, with_causes(error));
}
