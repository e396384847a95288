// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

#[allow(deprecated)]
const _: () = {
    use ::telemetry_core::__private1 as __telemetry;
    __telemetry::value_trait! { Sendable_path , "field `path` of `Read` cannot be sent as `{Self}`: a path can carry a user name" , "use an enum with `#[derive(TelemetryEnum)]` that names the kind of place" }
    #[automatically_derived]
    impl __telemetry::TelemetryEvent for Read {
        type Product = Shop;
        const DESCRIPTOR: &'static __telemetry::EventDescriptor = &__telemetry::event_descriptor::<Self>(
            "read",
            "1.0",
            "A file was read.",
            const {
                &__telemetry::fields(
                    ["path"],
                    ["path"],
                    ["Where it is."],
                    [<PathBuf as Sendable_path>::SHAPE],
                )
            },
            __telemetry::option_env!("CARGO_PKG_NAME"),
        );
        #[inline]
        fn normalize(&mut self) -> __telemetry::Result<u32, __telemetry::Unsendable> {
            let mut __changes = __telemetry::Changes::none();
            __changes.lost_all([<PathBuf as Sendable_path>::normalize_if_sendable(&mut self.path)]);
            __changes.total()
        }
    }
    #[automatically_derived]
    impl __telemetry::Serialize for Read {
        fn serialize<__S: __telemetry::Serializer>(
            &self,
            __serializer: __S,
        ) -> __telemetry::Result<__S::Ok, __S::Error> {
            let mut __parameters = __telemetry::Parameters::of_event(
                __serializer,
                <Self as __telemetry::TelemetryEvent>::DESCRIPTOR,
            );
            <PathBuf as Sendable_path>::put(&self.path, &mut __parameters);
            __parameters.end()
        }
    }
    const _: () = {
        __telemetry::require_sentinel(
            <PathBuf as Sendable_path>::NEEDS_SENTINEL,
            &<PathBuf as Sendable_path>::SHAPE,
            "path",
            "Read",
        );
    };
    __telemetry::__submit_event! { Read }
    __telemetry::require_own_names(<Read as __telemetry::TelemetryEvent>::DESCRIPTOR);
};
