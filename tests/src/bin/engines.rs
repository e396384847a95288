// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Engines of every shape: each argument names a construction, which is carried out.

#![forbid(unsafe_code)]
#![deny(missing_docs, warnings, clippy::pedantic)]

use std::convert::Infallible;
use std::fmt::Display;
use std::future::Future;
use std::pin::pin;
use std::rc::Rc;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use telemetry_guardrails::config::RailType;
use telemetry_guardrails::{RailsEngine, TelemetryEngine, UsageConfig, telemetry_engine};

/// A configuration of the engine's own.
struct OwnConfig {
    flows: Vec<String>,
    panics: bool,
}

impl OwnConfig {
    fn new() -> Self {
        Self { flows: vec!["self check input".into()], panics: false }
    }
}

impl UsageConfig for OwnConfig {
    fn colang_version(&self) -> &'static str {
        assert!(!self.panics, "a configuration that cannot be read");
        "1.0"
    }

    fn rail_flows(&self, rail: RailType) -> &[String] {
        if rail == RailType::Input { &self.flows } else { &[] }
    }
}

#[telemetry_engine(engine = RailsEngine::LlmRails, config = self.config)]
struct LlmRails {
    config: OwnConfig,
}

#[telemetry_engine]
impl LlmRails {
    /// A plain constructor, with a `?` and an early return in its body.
    #[telemetry(constructor)]
    #[must_use]
    pub fn plain(early: bool) -> Self {
        if early {
            return Self { config: OwnConfig::new() };
        }
        let mut config = OwnConfig::new();
        config.flows.clear();
        Self { config }
    }

    #[telemetry(constructor)]
    fn fallible(text: &str) -> Result<Self, std::num::ParseIntError> {
        let _number: i32 = text.parse()?;
        Ok(Self { config: OwnConfig::new() })
    }

    #[telemetry(constructor)]
    fn optional(there: bool) -> Option<Self> {
        there.then(|| Self { config: OwnConfig::new() })
    }

    #[telemetry(constructor)]
    fn boxed(label: impl Display, mut count: u32) -> Box<LlmRails> {
        count += u32::from(label.to_string().is_empty());
        let _ = count;
        Box::new(Self { config: OwnConfig::new() })
    }

    #[telemetry(constructor)]
    fn shared() -> Result<Arc<Self>, Infallible> {
        Ok(Arc::new(Self { config: OwnConfig::new() }))
    }

    #[telemetry(constructor)]
    fn counted() -> Option<Rc<Self>> {
        Some(Rc::new(Self { config: OwnConfig::new() }))
    }

    #[telemetry(constructor)]
    async fn later(text: &str) -> Result<Self, std::num::ParseIntError> {
        std::future::ready(()).await;
        let _number: i32 = text.parse()?;
        Ok(Self { config: OwnConfig::new() })
    }

    #[telemetry(constructor)]
    fn panicking() -> Self {
        panic!("a construction that fails")
    }

    #[telemetry(constructor)]
    fn with_a_broken_config() -> Self {
        Self { config: OwnConfig { panics: true, ..OwnConfig::new() } }
    }

    /// A wrapper: unmarked, since what it calls reports.
    fn wrapped() -> Self {
        Self::plain(true)
    }

    /// Not a constructor, and left alone.
    const fn limit() -> [u8; 5] {
        [0; 5]
    }
}

/// An engine with parameters of its own, in a module of its own.
mod generic {
    use super::{OwnConfig, RailsEngine, telemetry_engine};

    #[telemetry_engine(engine = RailsEngine::IoRails, config = &self.config, crate = "::telemetry_guardrails")]
    pub(super) struct IoRails<'a, T: Clone, const N: usize>
    where
        T: Default,
    {
        config: OwnConfig,
        _parts: (&'a str, [T; N]),
    }

    #[telemetry_engine]
    impl<'a, T: Clone, const N: usize> IoRails<'a, T, N>
    where
        T: Default + Copy,
    {
        #[telemetry(constructor)]
        pub(super) fn new<U>(name: &'a str, _: U) -> Self
        where
            U: Into<T>,
        {
            Self { config: OwnConfig::new(), _parts: (name, [T::default(); N]) }
        }
    }
}

/// An engine without a configuration, reported by hand.
#[telemetry_engine(engine = RailsEngine::Undefined)]
struct Bare;

impl Bare {
    fn new() -> Self {
        let bare = Self;
        bare.report_usage();
        bare
    }
}

/// Polls a future that never waits.
fn block_on<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            return value;
        }
    }
}

fn construct(name: &str) {
    match name {
        "plain" => drop(LlmRails::plain(false)),
        "early" => drop(LlmRails::plain(true)),
        "fallible" => drop(LlmRails::fallible("1")),
        "failing" => drop(LlmRails::fallible("x")),
        "optional" => drop(LlmRails::optional(true)),
        "absent" => drop(LlmRails::optional(false)),
        "boxed" => drop(LlmRails::boxed("a", 1)),
        "shared" => drop(LlmRails::shared()),
        "counted" => drop(LlmRails::counted()),
        "later" => drop(block_on(LlmRails::later("1"))),
        "later_failing" => drop(block_on(LlmRails::later("x"))),
        "cancelled" => drop(LlmRails::later("1")),
        "panicking" => drop(std::panic::catch_unwind(LlmRails::panicking)),
        "broken_config" => drop(LlmRails::with_a_broken_config()),
        "wrapped" => drop(LlmRails::wrapped()),
        "generic" => drop(generic::IoRails::<u16, 2>::new("x", 7_u8)),
        "bare" => {
            let Bare = Bare::new();
        }
        unknown => assert_eq!(unknown.len(), LlmRails::limit().len(), "{unknown} is no construction"),
    }
}

fn main() {
    std::env::args().skip(1).for_each(|name| construct(&name));
}
