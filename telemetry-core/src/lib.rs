// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What a usage event is and how it travels: consent, audit log, envelope and bounded delivery.

#![cfg_attr(docsrs, feature(doc_cfg))]

// Generated code names this crate; so can its own tests.
extern crate self as telemetry_core;

#[cfg(feature = "client")]
mod audit;
mod calendar;
mod client;
mod clock;
pub mod consent;
#[cfg(feature = "client")]
mod delivery;
mod deployment;
mod descriptor;
mod endpoint;
#[cfg(feature = "client")]
mod envelope;
#[cfg(feature = "client")]
mod environment;
mod event;
mod events;
#[cfg(feature = "client")]
mod heartbeat_interval;
mod host;
#[cfg(feature = "client")]
mod line_breaks;
mod missing;
mod operation;
mod paths;
mod printable;
#[cfg(feature = "client")]
mod private_files;
mod process_identity;
mod product;
mod profile;
mod python;
#[cfg(feature = "client")]
mod random;
#[cfg(feature = "client")]
mod record;
mod registry;
mod session;
#[cfg(feature = "client")]
mod standard_streams;
mod stats;
#[cfg(feature = "client")]
mod sync;
#[cfg(all(any(unix, windows), feature = "client"))]
mod sys;
#[cfg(feature = "testing")]
pub mod testing;
#[cfg(feature = "client")]
mod threads;
mod timestamp;
mod transport;
mod value;
mod variables;
mod vocabulary;

/// The README's code compiles and runs.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub struct Readme;

#[doc(hidden)]
pub mod private;
#[doc(hidden)]
pub use private as __private1;

#[cfg(feature = "client")]
#[doc(hidden)]
pub mod command;
#[cfg(feature = "client")]
#[doc(hidden)]
pub use command as __command1;

#[cfg(feature = "model")]
pub use client::Numbers;
pub use client::{Client, ClientBuilder, Context, EnvironmentSnapshot, FlushGuard, InEnvironment, Status};
pub use clock::{Clock, SystemClock};
pub use consent::{ConsentPolicy, MachineMarkers, Verdict};
pub use deployment::Deployment;
pub use descriptor::{
    DurationUnit, EnumDescriptor, EventDescriptor, FieldDescriptor, IdentifierKind, ObjectDescriptor, Origin,
    Role, Shape,
};
pub use endpoint::{Endpoint, EndpointError};
#[cfg(feature = "client")]
pub use envelope::{EnvelopeError, Sender, envelope};
pub use event::TelemetryEvent;
pub use events::{Events, RegisteredEvent};
pub use host::HostFacts;
pub use missing::Missing;
pub use operation::{Ending, Operation, OperationEvent};
pub use paths::Paths;
pub use printable::printable;
pub use product::Product;
pub use profile::{
    AuditPolicy, BatchPolicy, BreakerPolicy, DEFAULT_ENDPOINT, DeploymentPolicy, EventKeyOrder,
    HeartbeatPolicy, Profile, QueuePolicy, RatePolicy, RetryPolicy, SessionPolicy, StoredSession,
};
#[cfg(feature = "client")]
pub use record::{Record, RecordError};
pub use registry::{Conflict, Disagreement, Entry, Registry};
pub use session::SessionId;
pub use stats::{BreakerState, DropReason, RequestReport, Stats};
#[cfg(feature = "model")]
pub use sync::be_process;
pub use telemetry_derive::{TelemetryEnum, TelemetryEvent, TelemetryValue, telemetry_operation};
pub use timestamp::{IsoTimestamp, TimestampError};
pub use transport::{NoProxy, ProxyError, Request, Transport, TransportError};
#[cfg(feature = "uuid")]
pub use uuid::Uuid;
pub use value::{
    Bucketed, IdentifierError, TelemetryKey, TelemetryValue, Token, Unsendable, Version, bucket_labels,
};
pub use vocabulary::{TelemetryEnum, VocabularyError};
