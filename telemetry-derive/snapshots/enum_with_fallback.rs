// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

#[allow(deprecated)]
const _: () = {
    use ::telemetry_core::__private1 as __telemetry;
    #[automatically_derived]
    #[allow(dead_code)]
    impl Outcome {
        #[doc = r" Every variant, in the order of declaration."]
        pub const VARIANTS: &'static [Self] = &[Self::Success, Self::TimedOut, Self::Undefined];
        #[doc = r" The text on the wire."]
        #[must_use]
        pub const fn as_str(&self) -> &'static str {
            match self {
                Self::Success => "success",
                Self::TimedOut => "timed_out",
                Self::Undefined => "undefined",
            }
        }
        #[doc = r" The variant with this text or alias; the fallback for any other text."]
        #[must_use]
        pub fn from_wire(__text: &str) -> Self {
            match __text {
                "success" => Self::Success,
                "timed_out" | "expired" => Self::TimedOut,
                "undefined" => Self::Undefined,
                _ => Self::Undefined,
            }
        }
    }
    #[automatically_derived]
    impl __telemetry::TelemetryEnum for Outcome {
        const VARIANTS: &'static [Self] = Self::VARIANTS;
        const DESCRIPTOR: &'static __telemetry::EnumDescriptor = &__telemetry::enum_descriptor(
            "Outcome",
            "How it ended.",
            &["success", "timed_out", "undefined"],
            __telemetry::option_env!("CARGO_PKG_NAME"),
        );
        fn as_str(&self) -> &'static str {
            Self::as_str(self)
        }
    }
    #[automatically_derived]
    impl __telemetry::TelemetryValue for Outcome {
        type Sent = Self;
        type Vocabulary = Self;
        fn sent(&self) -> &Self {
            self
        }
        const SHAPE: __telemetry::Shape =
            __telemetry::Shape::Enum(<Self as __telemetry::TelemetryEnum>::DESCRIPTOR);
    }
    #[automatically_derived]
    impl<__M: __telemetry::FieldMismatch> __telemetry::Vocabulary<__M> for Outcome {
        const FITS: () = match __M::VARIANT {
            0 => __telemetry::fail_at_variant::<__M>(),
            1 => __telemetry::fail_at_variant::<__M>(),
            2 => __telemetry::fail_at_variant::<__M>(),
            _ => {}
        };
    }
    #[automatically_derived]
    impl __telemetry::FromStr for Outcome {
        type Err = __telemetry::VocabularyError;
        fn from_str(__text: &str) -> __telemetry::Result<Self, __telemetry::VocabularyError> {
            __telemetry::Result::Ok(match __text {
                "success" => Self::Success,
                "timed_out" => Self::TimedOut,
                "undefined" => Self::Undefined,
                _ => return __telemetry::Result::Err(__telemetry::vocabulary_error::<Self>(__text)),
            })
        }
    }
    #[automatically_derived]
    impl __telemetry::Display for Outcome {
        fn fmt(&self, __formatter: &mut __telemetry::Formatter<'_>) -> __telemetry::fmt::Result {
            __formatter.pad(Self::as_str(self))
        }
    }
    #[automatically_derived]
    impl __telemetry::Serialize for Outcome {
        fn serialize<__S: __telemetry::Serializer>(
            &self,
            __serializer: __S,
        ) -> __telemetry::Result<__S::Ok, __S::Error> {
            __telemetry::Serializer::serialize_str(__serializer, Self::as_str(self))
        }
    }
};
