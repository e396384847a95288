// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

#[allow(deprecated)]
const _: () = {
    use path::to::core::__private1 as __telemetry;
    #[automatically_derived]
    impl __telemetry::TelemetryValue for Step {
        type Sent = Self;
        type Vocabulary = __telemetry::NoVocabulary;
        fn sent(&self) -> &Self {
            self
        }
        const SHAPE: __telemetry::Shape = {
            const __OBJECT: &__telemetry::ObjectDescriptor = &__telemetry::object_descriptor(
                "Step",
                "One step of a job.",
                const {
                    &__telemetry::fields(
                        ["type", "seconds"],
                        ["type", "seconds"],
                        ["Which one.", "How long it took."],
                        [<Kind as __telemetry::TelemetryValue>::SHAPE, __telemetry::shape::of_f32],
                    )
                },
                __telemetry::option_env!("CARGO_PKG_NAME"),
            );
            __telemetry::Shape::Object(__OBJECT)
        };
        #[inline]
        fn normalize(&mut self) -> __telemetry::Result<u32, __telemetry::Unsendable> {
            let mut __changes = __telemetry::Changes::none();
            __changes
                .lost_all([<Kind as __telemetry::TelemetryValue>::normalize_if_sendable(&mut self.r#type)]);
            __changes.normalize_float(&mut self.seconds, 0.0);
            __changes.total()
        }
    }
    #[automatically_derived]
    impl __telemetry::Serialize for Step {
        fn serialize<__S: __telemetry::Serializer>(
            &self,
            __serializer: __S,
        ) -> __telemetry::Result<__S::Ok, __S::Error> {
            let mut __parameters = __telemetry::Parameters::of_object::<Self>(__serializer);
            __parameters.put_all(&(
                <Kind as __telemetry::TelemetryValue>::sent(&self.r#type),
                __telemetry::F32(self.seconds),
            ));
            __parameters.end()
        }
    }
    const _: () = {
        __telemetry::require_sentinel(
            <Kind as __telemetry::TelemetryValue>::NEEDS_SENTINEL,
            &<Kind as __telemetry::TelemetryValue>::SHAPE,
            "type",
            "Step",
        );
    };
};
