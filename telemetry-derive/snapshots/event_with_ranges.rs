// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

#[allow(deprecated)]
const _: () = {
    use ::telemetry_core::__private1 as __telemetry;
    #[automatically_derived]
    impl __telemetry::TelemetryEvent for Job {
        type Product = Shop;
        const DESCRIPTOR: &'static __telemetry::EventDescriptor = &__telemetry::event_descriptor::<Self>(
            "job",
            "1.0",
            "A job ran.",
            const {
                & __telemetry :: fields (["index" , "peak" , "load" , "workers" , "share"] , ["index" , "peak" , "load" , "workers" , "share"] , ["Plain bounds of a wide integer." , "Bounds that the compiler computes." , "Bounds of a float." , "A count that would mislead if it were changed." , "A float like that."] , [__telemetry :: Shape :: integer (- 1 , 9) , << Option < u64 > as __telemetry :: BoundedInteger > :: Range < { 0 } , { MOST - 1 } > as __telemetry :: RangeShape > :: SHAPE , __telemetry :: Shape :: number (0.0 , 1.0) , __telemetry :: Shape :: integer (1 , 64) , __telemetry :: Shape :: number (0.0 , 1.0)])
            },
            __telemetry::option_env!("CARGO_PKG_NAME"),
        );
        #[inline]
        fn normalize(&mut self) -> __telemetry::Result<u32, __telemetry::Unsendable> {
            let mut __changes = __telemetry::Changes::none();
            __changes.clamp(&mut self.index, -1, 9);
            __changes.add(<Option<u64> as __telemetry::BoundedInteger>::clamp_to(
                &mut self.peak,
                0,
                MOST - 1,
            ));
            __changes.clamp_float(&mut self.load, 0.0, 1.0, 0.0);
            __changes.keep_if(<u32 as __telemetry::BoundedInteger>::is_within(&self.workers, 1, 64));
            __changes.keep_if(<f64 as __telemetry::BoundedFloat>::is_within(&self.share, 0.0, 1.0));
            __changes.normalize_float(&mut self.share, 0.0);
            __changes.total()
        }
    }
    #[automatically_derived]
    impl __telemetry::Serialize for Job {
        fn serialize<__S: __telemetry::Serializer>(
            &self,
            __serializer: __S,
        ) -> __telemetry::Result<__S::Ok, __S::Error> {
            let mut __parameters = __telemetry::Parameters::of_event(
                __serializer,
                <Self as __telemetry::TelemetryEvent>::DESCRIPTOR,
            );
            __parameters.put_all(&(
                __telemetry::I128(self.index),
                &self.peak,
                __telemetry::F64(self.load),
                __telemetry::U32(self.workers),
                __telemetry::F64(self.share),
            ));
            __parameters.end()
        }
    }
    const _: () = {
        __telemetry::require_range(
            [0, MOST - 1],
            [
                <Option<u64> as __telemetry::BoundedInteger>::LOW,
                <Option<u64> as __telemetry::BoundedInteger>::HIGH,
            ],
            "peak",
            "Job",
        );
    };
    __telemetry::__submit_event! { Job }
    __telemetry::require_own_names(<Job as __telemetry::TelemetryEvent>::DESCRIPTOR);
};
