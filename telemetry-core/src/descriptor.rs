// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Descriptions of events, as the derives write them, and the place in the source where an event is declared.

pub use telemetry_schema::descriptor::{
    DurationUnit, EnumDescriptor, EventDescriptor, FieldDescriptor, IdentifierKind, ObjectDescriptor, Origin,
    Role, Shape,
};

/// The place in which this macro is called, as an [`Origin`].
///
/// ```
/// let here = telemetry_core::origin!();
/// assert!(here.line > 0);
/// ```
#[macro_export]
macro_rules! origin {
    () => {
        $crate::__private1::Origin::new(
            $crate::__private1::package($crate::__private1::option_env!("CARGO_PKG_NAME")),
            $crate::__private1::file!(),
            $crate::__private1::line!(),
        )
    };
}
