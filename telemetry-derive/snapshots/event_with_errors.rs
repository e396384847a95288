// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

::core::compile_error! { "unknown key `event_nmae`\nhelp: write `event_name`" }
::core::compile_error! { "event `Read` has no doc comment\nhelp: write `/// What it says.` above it: the description in the schema and the data table" }
::core::compile_error! { "field `count` of `Read` has no doc comment\nhelp: write `/// What it says.` above it: the doc comment is the description in the schema and the data table" }
#[allow(deprecated)]
const _: () = {
    use ::telemetry_core::__private1 as __telemetry;
    #[automatically_derived]
    impl __telemetry::TelemetryEvent for Read {
        type Product = Shop;
        const DESCRIPTOR: &'static __telemetry::EventDescriptor = __telemetry::UNKNOWN_EVENT;
        fn normalize(&mut self) -> __telemetry::Result<u32, __telemetry::Unsendable> {
            __telemetry::never()
        }
    }
    #[automatically_derived]
    impl __telemetry::Serialize for Read {
        fn serialize<__S: __telemetry::Serializer>(
            &self,
            _: __S,
        ) -> __telemetry::Result<__S::Ok, __S::Error> {
            __telemetry::never()
        }
    }
    #[automatically_derived]
    impl __telemetry::Default for Read {
        fn default() -> Self {
            __telemetry::never()
        }
    }
};
