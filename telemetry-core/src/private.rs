// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What generated code needs. Not part of the API: names and meanings change with any release.

pub use crate::event::TelemetryEvent;
pub use crate::value::{
    BoundedInteger, Bucketed, Count, TelemetryKey, TelemetryText, TelemetryValue, TextContainer,
    integer_shape, normalize_or, text_shape,
};
pub use core::result::Result;
pub use serde::{self, Serialize, Serializer, ser::SerializeStruct};

#[cfg(feature = "inventory")]
pub use inventory;

use crate::descriptor::EventDescriptor;

/// Starts the parameters of an event: the product's source comes first, as every recorded envelope has it.
///
/// # Errors
///
/// Those of the serialiser.
pub fn begin_parameters<S: Serializer>(
    serializer: S,
    event: &'static EventDescriptor,
) -> Result<S::SerializeStruct, S::Error> {
    let entries = event.fields.len() + usize::from(event.source.is_some());
    let mut parameters = serializer.serialize_struct(event.name, entries)?;
    if let Some((key, value)) = event.source {
        parameters.serialize_field(key, value)?;
    }
    Ok(parameters)
}

/// A doc text: in the binary only with the feature `describe`.
#[cfg(feature = "describe")]
#[doc(hidden)]
#[macro_export]
macro_rules! __doc {
    ($text:expr) => {
        $text
    };
}

/// A doc text: in the binary only with the feature `describe`.
#[cfg(not(feature = "describe"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __doc {
    ($text:expr) => {
        ""
    };
}

/// Registers an event at link time: with the feature `inventory` only.
#[cfg(feature = "inventory")]
#[doc(hidden)]
#[macro_export]
macro_rules! __submit_event {
    ($descriptor:expr) => {
        $crate::__private1::inventory::submit! { $crate::RegisteredEvent($descriptor) }
    };
}

/// Registers an event at link time: with the feature `inventory` only.
#[cfg(not(feature = "inventory"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __submit_event {
    ($descriptor:expr) => {};
}
