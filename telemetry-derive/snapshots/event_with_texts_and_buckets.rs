// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

#[allow(deprecated)]
const _: () = {
    use ::telemetry_core::__private1 as __telemetry;
    #[automatically_derived]
    impl __telemetry::TelemetryEvent for Answer {
        type Product = Shop;
        const DESCRIPTOR: &'static __telemetry::EventDescriptor = &__telemetry::event_descriptor::<Self>(
            "answer",
            "1.0",
            "A model answered.",
            const {
                &__telemetry::fields(
                    ["engine", "others", "tokens"],
                    ["engine", "others", "tokens"],
                    ["Who served it.", "Who else.", "Tokens of the answer."],
                    [
                        __telemetry::Shape::free_text("engine identifiers", 64),
                        {
                            const __TEXT: __telemetry::Shape =
                                __telemetry::Shape::free_text("engine identifiers", 64);
                            const __LIST: __telemetry::Shape = __telemetry::Shape::list(&__TEXT);
                            const __SET: __telemetry::Shape = __telemetry::Shape::set(&__TEXT);
                            __telemetry::text_shape(
                                <Vec<String> as __telemetry::TelemetryText>::CONTAINER,
                                &__TEXT,
                                &__LIST,
                                &__SET,
                            )
                        },
                        __telemetry::Shape::bucket(&[10, 100, 1000]),
                    ],
                )
            },
            __telemetry::option_env!("CARGO_PKG_NAME"),
        );
        #[inline]
        fn normalize(&mut self) -> __telemetry::Result<u32, __telemetry::Unsendable> {
            let mut __changes = __telemetry::Changes::none();
            __changes.bound(&mut self.engine, 64, "unknown");
            if __changes.lost(<Vec<String> as __telemetry::TelemetryText>::bound(&mut self.others, 64)) {
                self.others = vec![];
                <Vec<String> as __telemetry::TelemetryText>::bound_sentinel(&mut self.others, 64);
            }
            __changes.total()
        }
    }
    #[automatically_derived]
    impl __telemetry::Serialize for Answer {
        fn serialize<__S: __telemetry::Serializer>(
            &self,
            __serializer: __S,
        ) -> __telemetry::Result<__S::Ok, __S::Error> {
            let mut __parameters = __telemetry::Parameters::of_event(
                __serializer,
                <Self as __telemetry::TelemetryEvent>::DESCRIPTOR,
            );
            __parameters.put_all(&(
                __telemetry::text(&self.engine),
                &self.others,
                __telemetry::Bucketed {
                    count: <usize as __telemetry::Count>::count(self.tokens),
                    limits: &[10, 100, 1000],
                },
            ));
            __parameters.end()
        }
    }
    __telemetry::__submit_event! { Answer }
    __telemetry::require_own_names(<Answer as __telemetry::TelemetryEvent>::DESCRIPTOR);
};
