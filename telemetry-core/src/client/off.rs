// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The [`ReportingClient`] of a build without the feature `client`: a type without values, so that the compiler removes all code that
//! would use one.

use std::task::{Poll, Waker};
use std::time::Duration;

use super::{Context, Settings, Status};
use crate::consent::ConsentDecision;
use crate::event::TelemetryEvent;
use crate::session::SessionId;
use crate::stats::Stats;
use crate::variables::EnvironmentSource;

/// Stands in for the state of an awaited flush.
pub(crate) enum Awaited {}

impl Awaited {
    pub(super) fn poll(&self, _: &Waker) -> Poll<bool> {
        match *self {}
    }
}

/// Stands in for the client that reports.
pub(crate) enum ReportingClient {}

impl ReportingClient {
    pub(super) fn start(_: Settings, _: EnvironmentSource<'_>) -> Option<Self> {
        None
    }

    pub(super) fn environment(&self) -> EnvironmentSource<'_> {
        match *self {}
    }

    pub(super) fn report<E: TelemetryEvent>(
        &self,
        _: EnvironmentSource<'_>,
        _: impl FnOnce(&Context<'_>) -> E,
    ) -> ConsentDecision {
        match *self {}
    }

    pub(super) fn report_in_place<E: TelemetryEvent>(&self, _: &mut E) {
        match *self {}
    }

    pub(super) fn report_with_heartbeat<E: TelemetryEvent + Clone + Sync>(
        &self,
        _: EnvironmentSource<'_>,
        _: impl FnOnce(&Context<'_>) -> Option<E>,
        _: impl Fn(&E, &Context<'_>) -> E + Send + Sync + 'static,
    ) -> ConsentDecision {
        match *self {}
    }

    pub(super) fn decide(&self, _: EnvironmentSource<'_>) -> ConsentDecision {
        match *self {}
    }

    pub(super) fn set_enabled(&self, _: bool) {
        match *self {}
    }

    pub(super) fn session(&self) -> Option<SessionId> {
        match *self {}
    }

    pub(super) fn session_for_child(&self) -> Option<(&'static str, String)> {
        match *self {}
    }

    pub(super) fn stats(&self) -> Stats {
        match *self {}
    }

    pub(super) fn status(&self, _: EnvironmentSource<'_>) -> Status {
        match *self {}
    }

    pub(super) fn flush(&self, _: Duration) -> bool {
        match *self {}
    }

    pub(super) fn flush_awaited(&self, _: Duration) -> Option<Awaited> {
        match *self {}
    }

    pub(super) fn shutdown(&self, _: Duration) -> bool {
        match *self {}
    }
}
