// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

#[allow(deprecated)]
const _: () = {
    use ::telemetry_core::__private1 as __telemetry;
    #[automatically_derived]
    impl __telemetry::TelemetryEvent for Checkout {
        type Product = Shop;
        const DESCRIPTOR: &'static __telemetry::EventDescriptor = &__telemetry::event_descriptor::<Self>(
            "checkout",
            "1.0",
            "A basket was paid for.",
            const {
                &__telemetry::fields(
                    ["numArticles", "isGift", "weightKg"],
                    ["num_articles", "is_gift", "weight_kg"],
                    ["Articles in the basket.", "Whether it is a gift.", "Its weight in kilograms."],
                    [__telemetry::shape::of_u32, __telemetry::shape::of_bool, __telemetry::shape::of_f64],
                )
            },
            __telemetry::option_env!("CARGO_PKG_NAME"),
        );
        #[inline]
        fn normalize(&mut self) -> __telemetry::Result<u32, __telemetry::Unsendable> {
            let mut __changes = __telemetry::Changes::none();
            __changes.normalize_float(&mut self.weight_kg, -1.0);
            __changes.total()
        }
    }
    #[automatically_derived]
    impl __telemetry::Serialize for Checkout {
        fn serialize<__S: __telemetry::Serializer>(
            &self,
            __serializer: __S,
        ) -> __telemetry::Result<__S::Ok, __S::Error> {
            let mut __parameters = __telemetry::Parameters::of_event(
                __serializer,
                <Self as __telemetry::TelemetryEvent>::DESCRIPTOR,
            );
            __parameters.put_all(&(
                __telemetry::U32(self.num_articles),
                __telemetry::Bool(self.is_gift),
                __telemetry::F64(self.weight_kg),
            ));
            __parameters.end()
        }
    }
    __telemetry::__submit_event! { Checkout }
    __telemetry::require_own_names(<Checkout as __telemetry::TelemetryEvent>::DESCRIPTOR);
};
