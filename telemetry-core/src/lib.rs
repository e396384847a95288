// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What a usage event is and how it travels: consent, audit log, envelope and bounded delivery.

// Generated code names this crate; so can its own tests.
extern crate self as telemetry_core;

pub mod consent;
mod descriptor;
mod event;
mod product;
mod profile;
mod value;
mod vocabulary;

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private1;

pub use consent::ConsentPolicy;
pub use descriptor::{
    DurationUnit, EnumDescriptor, EventDescriptor, FieldDescriptor, IdentifierKind, ObjectDescriptor, Origin,
    Role, Shape,
};
pub use event::TelemetryEvent;
pub use product::Product;
pub use profile::{AuditPolicy, DEFAULT_ENDPOINT, HeartbeatPolicy, Profile, QueuePolicy, SessionPolicy};
pub use telemetry_derive::{TelemetryEnum, TelemetryEvent, TelemetryValue};
pub use uuid::Uuid;
pub use value::{Bucketed, IdentifierError, TelemetryKey, TelemetryValue, Token, Version, bucket_labels};
pub use vocabulary::{TelemetryEnum, VocabularyError};

/// An event that registered itself when the program was linked.
#[cfg(feature = "inventory")]
#[derive(Debug, Clone, Copy)]
pub struct RegisteredEvent(pub &'static EventDescriptor);

#[cfg(feature = "inventory")]
inventory::collect!(RegisteredEvent);
