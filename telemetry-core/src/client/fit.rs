// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Checks at compile time that an event fits its product's profile.

use crate::event::TelemetryEvent;
use crate::product::Product;
use crate::profile::SessionPolicy;

/// Fails to compile if a client cannot report the event.
pub(super) const fn check<E: TelemetryEvent>() {
    let is_stored = matches!(E::Product::PROFILE.session, SessionPolicy::Stored(_));
    assert!(
        !(is_stored && E::DESCRIPTOR.has_session()),
        "the event has a session field, but its product keeps the session in a file, which has not been read when an event is \
         made: remove the field (the envelope has the session), or use another `SessionPolicy`"
    );
}
