// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Engines of every shape: each argument names a construction, which is carried out.

#![forbid(unsafe_code)]
#![deny(missing_docs, warnings, clippy::pedantic)]

use std::cell::Cell;
use std::convert::Infallible;
use std::error::Error;
use std::fmt::Display;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::rc::Rc;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use acme_engines::AcmeRails;
use telemetry_guardrails::config::RailType;
use telemetry_guardrails::{ConfigFacts, RailsEngine, TelemetryEngine, UsageConfig, telemetry_engine};
use telemetry_tests::block_on::block_on;

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
    fn facts(&self, _: RailsEngine) -> Result<ConfigFacts, Box<dyn Error + Send + Sync>> {
        assert!(!self.panics, "a configuration that cannot be read");
        Ok(ConfigFacts::default().rail_flows(RailType::Input, &self.flows))
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

    /// Items that a variable of the macro must not mean.
    #[allow(non_upper_case_globals, unused)]
    mod items {
        pub(super) static constructed: u8 = 1;
        pub(super) const engine: u8 = 2;
        pub(super) static typed: u8 = 3;
    }
    #[allow(unused_imports)]
    use items::{constructed, engine, typed};

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

        /// Compiles, though the parser does not know what its error captures.
        #[telemetry(constructor)]
        #[allow(dead_code)]
        fn capturing(made: Self) -> Result<Self, impl std::fmt::Debug + use<'a, T, N>> {
            if N == 0 { Err(1_u8) } else { Ok(made) }
        }

        /// Compiles, though items have the names that it could use inside.
        #[telemetry(constructor)]
        #[allow(dead_code)]
        async fn later(made: Self) -> Result<Self, ()> {
            Ok(made)
        }
    }
}

/// Another name for an engine, which hides from a macro that it is one.
type Alias = LlmRails;

#[telemetry_engine]
impl LlmRails {
    /// Marked, and calls one that another block has marked.
    #[telemetry(constructor)]
    fn across_blocks() -> Self {
        Self::plain(true)
    }

    /// Marked, and calls a chain of marked ones under another name.
    #[telemetry(constructor)]
    fn through_an_alias() -> Result<Self, std::num::ParseIntError> {
        let _engine = Alias::across_blocks();
        Alias::fallible("1")
    }

    #[telemetry(constructor)]
    async fn later_through_an_alias() -> Result<Self, std::num::ParseIntError> {
        std::future::ready(()).await;
        Alias::later("1").await
    }

    /// Reports by hand in a constructor that reports.
    #[telemetry(constructor)]
    fn by_hand_too() -> Self {
        let engine = Self { config: OwnConfig::new() };
        engine.report_usage();
        engine
    }

    /// Leaves a construction of its own type by a panic, and fails.
    #[telemetry(constructor)]
    fn failing_inside() -> Option<Self> {
        let inner = std::panic::catch_unwind(Alias::panicking);
        let _counted_by_nobody = Alias::plain(true);
        inner.ok()
    }

    /// Waits for as long as the gate says, with a construction open.
    #[telemetry(constructor)]
    async fn suspended(gate: &Cell<bool>) -> Self {
        poll_fn(|_| if gate.get() { Poll::Ready(()) } else { Poll::Pending }).await;
        Self { config: OwnConfig::new() }
    }
}

/// The error of a construction, of a private type.
fn number(text: &str) -> Result<i32, impl std::error::Error + Send + 'static> {
    text.parse::<i32>()
}

/// Makes constructors whose type, return type and body a macro puts in.
macro_rules! constructors {
    ($engine:ty, $($name:ident => $body:block)*) => {
        #[telemetry_engine]
        impl $engine {
            $(
                #[telemetry(constructor)]
                fn $name() -> $engine $body
            )*
        }
    };
}

constructors!(LlmRails, put_in_by_a_macro => {
    if number("x").is_err() {
        return Self { config: OwnConfig::new() };
    }
    Self { config: OwnConfig { panics: true, ..OwnConfig::new() } }
});

#[telemetry_engine]
impl LlmRails {
    #[telemetry(constructor)]
    fn opaque(text: &str) -> Result<Self, impl std::error::Error + Send + 'static> {
        let number = number(text);
        number.map(|_| Self { config: OwnConfig::new() })
    }

    #[telemetry(constructor)]
    fn attributed() -> Self {
        #![allow(unused_variables)]
        let unused = ();
        Self { config: OwnConfig::new() }
    }

    #[telemetry(constructor)]
    async fn later_attributed() -> Self {
        #![allow(unused_variables)]
        let unused = ();
        Self { config: OwnConfig::new() }
    }

    #[telemetry(constructor)]
    async fn later_opaque(text: &str) -> Result<Self, impl std::error::Error + Send + 'static> {
        std::future::ready(()).await;
        let number = number(text);
        number.map(|_| Self { config: OwnConfig::new() })
    }
}

/// While one construction is suspended, another one is carried out on the same thread.
fn construct_while_another_waits() {
    let (gate, mut context) = (Cell::new(false), Context::from_waker(Waker::noop()));
    let mut waiting = pin!(LlmRails::suspended(&gate));
    assert!(waiting.as_mut().poll(&mut context).is_pending());
    drop(LlmRails::plain(true));
    gate.set(true);
    assert!(waiting.as_mut().poll(&mut context).is_ready());
}

/// An engine that is made of another one.
#[telemetry_engine(engine = RailsEngine::IoRails)]
struct Pair(LlmRails);

#[telemetry_engine]
impl Pair {
    #[telemetry(constructor)]
    fn new() -> Self {
        Self(LlmRails::plain(true))
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

/// A future that may move to another thread, as it may without the attribute.
fn sendable<T>(future: impl Future<Output = T> + Send) -> impl Future<Output = T> {
    future
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
        "later" => drop(block_on(sendable(LlmRails::later("1")))),
        "later_failing" => drop(block_on(LlmRails::later("x"))),
        "cancelled" => drop(LlmRails::later("1")),
        "panicking" => drop(std::panic::catch_unwind(LlmRails::panicking)),
        "broken_config" => drop(LlmRails::with_a_broken_config()),
        "wrapped" => drop(LlmRails::wrapped()),
        "across_blocks" => drop(LlmRails::across_blocks()),
        "through_an_alias" => drop(LlmRails::through_an_alias()),
        "later_through_an_alias" => drop(block_on(LlmRails::later_through_an_alias())),
        "put_in_by_a_macro" => drop(LlmRails::put_in_by_a_macro()),
        "attributed" => drop(LlmRails::attributed()),
        "later_attributed" => drop(block_on(LlmRails::later_attributed())),
        "opaque" => assert!(LlmRails::opaque("1").is_ok() && LlmRails::opaque("x").is_err()),
        "later_opaque" => assert!(block_on(LlmRails::later_opaque("1")).is_ok()),
        "by_hand_too" => drop(LlmRails::by_hand_too()),
        "failing_inside" => drop(LlmRails::failing_inside()),
        "while_another_waits" => construct_while_another_waits(),
        "pair" => drop(Pair::new().0),
        "renamed" => assert_eq!(AcmeRails::new("3").map(|engine| engine.workers()), Ok(3)),
        "later_renamed" => assert!(block_on(AcmeRails::for_this_machine()).is_ok()),
        "generic" => drop(generic::IoRails::<u16, 2>::new("x", 7_u8)),
        "bare" => {
            let Bare = Bare::new();
        }
        unknown => assert_eq!(unknown.len(), LlmRails::limit().len(), "{unknown} is not a construction"),
    }
}

fn main() {
    std::env::args().skip(1).for_each(|name| construct(&name));
}
