// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What the derives refuse, theme by theme, with the messages that the pinned compiler prints.
//!
//! After a deliberate change of a message, `TRYBUILD=overwrite cargo test -p telemetry-tests --test ui` records the new
//! ones: read the difference before committing it.

#[test]
fn wrong_items_are_refused_with_the_recorded_messages() {
    trybuild::TestCases::new().compile_fail("ui/*/*.rs");
}
