// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

#[allow(deprecated)]
const _: () = {
    use ::telemetry_core::__private1 as __telemetry;
    #[automatically_derived]
    impl __telemetry::TelemetryEvent for SandboxCreate {
        type Product = OpenShell;
        const DESCRIPTOR: &'static __telemetry::EventDescriptor = &__telemetry::event_descriptor::<Self>(
            "sandbox_create",
            "4.0",
            "A sandbox was created, or not.",
            const {
                &__telemetry::with_role(
                    __telemetry::with_role(
                        __telemetry::fields(
                            ["outcome", "durationMs", "requestedGpu"],
                            ["outcome", "duration_ms", "requested_gpu"],
                            ["How the creation ended.", "Wall time.", "GPUs asked for."],
                            [
                                <Outcome as __telemetry::TelemetryValue>::SHAPE,
                                __telemetry::shape::of_i64,
                                __telemetry::Shape::integer(0, 64),
                            ],
                        ),
                        "outcome",
                        __telemetry::Role::Outcome,
                    ),
                    "duration_ms",
                    __telemetry::Role::Duration(__telemetry::DurationUnit::Milliseconds),
                )
            },
            __telemetry::option_env!("CARGO_PKG_NAME"),
        );
        #[inline]
        fn normalize(&mut self) -> __telemetry::Result<u32, __telemetry::Unsendable> {
            let mut __changes = __telemetry::Changes::none();
            if __changes
                .lost(<Outcome as __telemetry::TelemetryValue>::normalize_if_sendable(&mut self.outcome))
            {
                self.outcome = Outcome::Undefined;
                __changes.replaced(<Outcome as __telemetry::TelemetryValue>::normalize_if_sendable(
                    &mut self.outcome,
                ));
            }
            __changes.clamp(&mut self.requested_gpu, 0, 64);
            __changes.total()
        }
    }
    #[automatically_derived]
    impl __telemetry::Serialize for SandboxCreate {
        fn serialize<__S: __telemetry::Serializer>(
            &self,
            __serializer: __S,
        ) -> __telemetry::Result<__S::Ok, __S::Error> {
            let mut __parameters = __telemetry::Parameters::of_event(
                __serializer,
                <Self as __telemetry::TelemetryEvent>::DESCRIPTOR,
            );
            __parameters.put_all(&(
                <Outcome as __telemetry::TelemetryValue>::sent(&self.outcome),
                __telemetry::I64(self.duration_ms),
                __telemetry::U32(self.requested_gpu),
            ));
            __parameters.end()
        }
    }
    #[automatically_derived]
    impl __telemetry::Default for SandboxCreate {
        #[inline]
        fn default() -> Self {
            Self { outcome: Outcome::Undefined, duration_ms: -1, requested_gpu: 0 }
        }
    }
    #[automatically_derived]
    impl __telemetry::OperationEvent for SandboxCreate {
        #[allow(unused_variables)]
        #[inline]
        fn record_outcome(
            &mut self,
            __outcome: __telemetry::OperationOutcome,
            __elapsed: __telemetry::Duration,
        ) {
            __telemetry::OutcomeField::set(&mut self.outcome, __outcome);
            __telemetry::DurationField::set(
                &mut self.duration_ms,
                __elapsed,
                __telemetry::DurationUnit::Milliseconds,
            );
        }
    }
    const _: () = __telemetry::require_outcome_words::<Outcome>();
    __telemetry::__submit_event! { SandboxCreate }
    __telemetry::require_own_names(<SandboxCreate as __telemetry::TelemetryEvent>::DESCRIPTOR);
};
