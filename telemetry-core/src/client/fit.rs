// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What an event may not ask of its product's profile, decided while compiling.

use crate::descriptor::{FieldDescriptor, IdentifierKind, Shape};
use crate::event::TelemetryEvent;
use crate::product::Product;
use crate::profile::SessionPolicy;

/// Makes sure that a client can report the event.
pub(super) const fn check<E: TelemetryEvent>() {
    let is_stored = matches!(E::Product::PROFILE.session, SessionPolicy::Stored(_));
    assert!(
        !(is_stored && has_session(E::DESCRIPTOR.fields)),
        "the event has a session field, but its product keeps the session in a file, which has not been read when an event is \
         made: remove the field (the envelope has the session), or use another `SessionPolicy`"
    );
}

const fn has_session(fields: &[FieldDescriptor]) -> bool {
    let mut rest = fields;
    while let [first, tail @ ..] = rest {
        if is_session(&first.shape) {
            return true;
        }
        rest = tail;
    }
    false
}

const fn is_session(shape: &Shape) -> bool {
    match shape {
        Shape::Identifier(kind) => matches!(kind, IdentifierKind::Session),
        Shape::List(item) | Shape::Set(item) | Shape::Nullable(item) => is_session(item),
        Shape::Map { key, value } => is_session(key) || is_session(value),
        Shape::Object(object) => has_session(object.fields),
        _ => false,
    }
}
