// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! One product's part in a process.

use std::io::Write;
use std::path::Path;
use std::process::Command;

use telemetry_core::deployment::Deployment;
use telemetry_core::{Client, Product, TelemetryEnum, TelemetryEvent};
use telemetry_tests::products::agent_toolkit::NatCliCommand;
use telemetry_tests::products::anonymizer::AnonymizerEvent;
use telemetry_tests::products::data_designer::InferenceEvent;
use telemetry_tests::products::evaluator::EvaluationTaskEvent;
use telemetry_tests::products::helix::CommandInvoked;
use telemetry_tests::products::launcher::LauncherJobEvent;
use telemetry_tests::products::nim::NimClientUsage;
use telemetry_tests::products::openshell::LifecycleEvent;
use telemetry_tests::products::safe_synthesizer::TrainAndGenerationEvent;
use telemetry_tests::products::switchyard::SwitchyardOutcome;
use telemetry_tests::products::{anonymizer, data_designer, helix, safe_synthesizer};
use telemetry_tests::samples::Sample;
use telemetry_tests::server::PATIENCE;

use super::service::Started;

/// Something that takes steps.
pub(crate) trait Part {
    /// Takes one.
    fn take(&mut self, step: &str);
}

/// The part of the product with this name, which may have a number or a directory behind it.
pub(crate) fn part(name: &str) -> Box<dyn Part> {
    let (product, dir) = name.split_once('@').map_or((name, None), |(product, dir)| (product, Some(dir)));
    let product = product.split('#').next().unwrap_or(product);
    match product {
        "agent_toolkit" => Reporter::<NatCliCommand>::start(dir),
        "anonymizer" => Reporter::<AnonymizerEvent>::start(dir),
        "data_designer" => Reporter::<InferenceEvent>::start(dir),
        "evaluator" => Reporter::<EvaluationTaskEvent>::start(dir),
        "evaluator_launcher" => Reporter::<LauncherJobEvent>::start(dir),
        "helix" => Reporter::<CommandInvoked>::start(dir),
        "nim_client" => Reporter::<NimClientUsage>::start(dir),
        "openshell" => Reporter::<LifecycleEvent>::start(dir),
        "safe_synthesizer" => Reporter::<TrainAndGenerationEvent>::start(dir),
        "service" => Reporter::<Started>::start_service(dir),
        "switchyard" => Reporter::<SwitchyardOutcome>::start(dir),
        _ => panic!("there is no product `{product}`"),
    }
}

/// A client with the sample event that it reports.
struct Reporter<E: TelemetryEvent>(Client<E::Product>);

impl<E: Sample> Reporter<E> {
    fn start(dir: Option<&str>) -> Box<dyn Part> {
        let builder = Client::builder().version("1.2.3");
        let builder = match dir {
            Some(dir) => builder.config_dir(dir).machine_dir(Path::new(dir).join("etc")),
            None => builder,
        };
        Box::new(Self(builder.start()))
    }

    /// A client whose audit log alone, and the files of the machine, are in the directory.
    fn start_service(dir: Option<&str>) -> Box<dyn Part> {
        let builder = match dir.map(Path::new) {
            Some(dir) => Client::builder().audit_file(dir.join("usage.json")).machine_dir(dir.join("etc")),
            None => Client::builder().without_audit_file(),
        };
        Box::new(Self(builder.start()))
    }

    /// Starts this program again, in the session of this process.
    fn child(&self) {
        let product = E::Product::PROFILE.name();
        let mut child = Command::new(std::env::current_exe().expect("this program has a path"));
        child.args([format!("{product}:report"), format!("{product}:flush")]);
        child.envs(self.0.session_for_child());
        say(child.status().expect("the child starts"));
    }
}

impl<E: Sample> Part for Reporter<E> {
    fn take(&mut self, step: &str) {
        if let Some(text) = step.strip_prefix("deployment") {
            return deployment(E::Product::PROFILE.name(), text.strip_prefix('='));
        }
        match step {
            "report" => self.0.emit(E::sample()),
            "disable" => self.0.set_enabled(false),
            "enable" => self.0.set_enabled(true),
            "flush" => say(self.0.flush(PATIENCE)),
            "decision" => say(format_args!("{:?}", self.0.consent_decision())),
            "session" => say(self.0.session().map_or("none".into(), |session| session.to_string())),
            "delivered" => say(self.0.stats().delivered),
            "stats" => say(self.0.stats()),
            "audit-file" => say(format_args!("{:?}", self.0.status().audit_file())),
            "threads" => say(std::fs::read_dir("/proc/self/task").expect("this is Linux").count()),
            "child" => self.child(),
            "wait" => drop(std::io::stdin().read_line(&mut String::new()).expect("the test writes")),
            _ => panic!("there is no step `{step}`"),
        }
    }
}

/// Claims a deployment type, or prints the one in force.
fn deployment(product: &str, claim: Option<&str>) {
    match product {
        "anonymizer" => claim_or_say(&anonymizer::DEPLOYMENT, claim),
        "data_designer" => claim_or_say(&data_designer::DEPLOYMENT, claim),
        "helix" => claim_or_say(&helix::DEPLOYMENT, claim),
        "safe_synthesizer" => claim_or_say(&safe_synthesizer::DEPLOYMENT, claim),
        _ => panic!("`{product}` does not say how it is deployed"),
    }
}

fn claim_or_say<P: Product, D: TelemetryEnum + Copy>(deployment: &Deployment<P, D>, claim: Option<&str>) {
    match claim.map(|text| deployment.claim_text(text)) {
        None => say(deployment.get().as_str()),
        Some(Ok(())) => {}
        Some(Err(error)) => say(error),
    }
}

fn say(text: impl std::fmt::Display) {
    println!("{text}");
    std::io::stdout().flush().expect("the test reads");
}
