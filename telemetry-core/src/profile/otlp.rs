// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The variable with which a company keeps a product's events inside.

use super::Profile;

impl Profile {
    /// Names the environment variable with which an operator sends the events to an OpenTelemetry collector of the company,
    /// instead of anywhere else. It is read at each report.
    ///
    /// The value is a base URL, such as `http://127.0.0.1:4318`; `/v1/logs` is added unless its path ends with that. Headers, for
    /// instance with a token, are taken from `OTEL_EXPORTER_OTLP_LOGS_HEADERS`, or else `OTEL_EXPORTER_OTLP_HEADERS`, as
    /// OpenTelemetry's own exporters do. Variables such as `OTEL_EXPORTER_OTLP_ENDPOINT` alone change nothing: they are about the
    /// signals of a program, and a collector of those has not asked for the events of each product in it.
    ///
    /// As long as the variable is set, no event goes to the product's endpoint, not even to one that the program has
    /// [chosen](crate::client::ClientBuilder::endpoint). If its value or the headers are invalid, if the value is empty, or if the
    /// program was built without the feature `otlp`, events are dropped and counted. Opt-outs and the audit log stay as they are.
    ///
    /// ```
    /// # use telemetry_core::{Product, Profile};
    ///
    /// struct Shop;
    /// impl Product for Shop {
    ///     const PROFILE: Profile =
    ///         Profile::new("shop", "1").endpoint_env("SHOP_ENDPOINT").otlp_env("SHOP_OTLP_ENDPOINT");
    /// }
    /// # #[cfg(all(feature = "otlp", feature = "testing"))] {
    /// use telemetry_core::endpoint::Protocol;
    /// use telemetry_core::testing;
    ///
    /// let endpoint = testing::endpoint::<Shop>(&[("SHOP_OTLP_ENDPOINT", "http://127.0.0.1:4318")]).unwrap();
    /// assert_eq!((endpoint.url(), endpoint.protocol()), ("http://127.0.0.1:4318/v1/logs", Protocol::Otlp));
    /// # }
    /// ```
    #[must_use]
    pub const fn otlp_env(mut self, variable: &'static str) -> Self {
        assert!(!variable.is_empty(), "an environment variable needs a name");
        self.otlp_env = Some(variable);
        self
    }

    /// The environment variable that names an OpenTelemetry collector, if the product has [one](Self::otlp_env).
    ///
    /// ```
    /// # use telemetry_core::Profile;
    /// const PROFILE: Profile = Profile::new("shop", "1").otlp_env("SHOP_OTLP_ENDPOINT");
    /// assert_eq!(PROFILE.otlp_variable(), Some("SHOP_OTLP_ENDPOINT"));
    /// ```
    #[must_use]
    pub const fn otlp_variable(&self) -> Option<&'static str> {
        self.otlp_env
    }
}
