// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The command of a product whose events do not fit together.

use telemetry_core::{Product, Profile, TelemetryEnum, TelemetryEvent};

struct Bakery;

impl Product for Bakery {
    const PROFILE: Profile = Profile::new("bakery-of-conflicts", "1");
}

macro_rules! event {
    ($module:ident, $name:literal, $version:literal, $($variant:ident),*) => {
        mod $module {
            use super::*;

            /// How the customer paid.
            #[derive(Debug, Clone, Copy, TelemetryEnum)]
            pub(super) enum Payment {
                $($variant),*
            }

            /// Something happened.
            #[derive(Debug, TelemetryEvent)]
            #[telemetry(product = Bakery, event_name = $name, schema_version = $version)]
            pub(super) struct Event {
                /// With what.
                pub(super) payment: Payment,
            }
        }
    };
}

event!(checkout, "checkout", "1.0", Cash, Card);
event!(refund, "refund", "1.1", Cash, Card, Voucher);

fn main() -> std::process::ExitCode {
    telemetry_cli::main::<Bakery>("1.2.3")
}
