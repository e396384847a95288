// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

#[allow(deprecated)]
const _: () = {
    use ::telemetry_core::__private1 as __telemetry;
    #[automatically_derived]
    impl __telemetry::TelemetryEvent for Ping {
        type Product = Shop;
        const DESCRIPTOR: &'static __telemetry::EventDescriptor = &__telemetry::event_descriptor::<Self>(
            "ping",
            "1.0",
            "Something happened.",
            const { &__telemetry::fields([], [], [], []) },
            __telemetry::option_env!("CARGO_PKG_NAME"),
        );
        #[inline]
        fn normalize(&mut self) -> __telemetry::Result<u32, __telemetry::Unsendable> {
            __telemetry::Result::Ok(0)
        }
    }
    #[automatically_derived]
    impl __telemetry::Serialize for Ping {
        fn serialize<__S: __telemetry::Serializer>(
            &self,
            __serializer: __S,
        ) -> __telemetry::Result<__S::Ok, __S::Error> {
            let mut __parameters = __telemetry::Parameters::of_event(
                __serializer,
                <Self as __telemetry::TelemetryEvent>::DESCRIPTOR,
            );
            __parameters.end()
        }
    }
    #[automatically_derived]
    impl __telemetry::Default for Ping {
        #[inline]
        fn default() -> Self {
            Self {}
        }
    }
    __telemetry::__submit_event! { Ping }
    __telemetry::require_own_names(<Ping as __telemetry::TelemetryEvent>::DESCRIPTOR);
};
