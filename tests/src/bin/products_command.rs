// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The command of the product that the variable `PRODUCT` names.

use std::process::ExitCode;

use telemetry_tests::products::{
    agent_toolkit, anonymizer, data_designer, evaluator, guardrails, helix, launcher, nim, openshell,
    safe_synthesizer, switchyard,
};

fn main() -> ExitCode {
    let run = match std::env::var("PRODUCT").unwrap_or_default().as_str() {
        "agent_toolkit" => telemetry_cli::main::<agent_toolkit::AgentToolkit>,
        "anonymizer" => telemetry_cli::main::<anonymizer::Anonymizer>,
        "data_designer" => telemetry_cli::main::<data_designer::DataDesigner>,
        "evaluator" => telemetry_cli::main::<evaluator::Evaluator>,
        "guardrails" => telemetry_cli::main::<guardrails::Guardrails>,
        "helix" => telemetry_cli::main::<helix::Helix>,
        "launcher" => telemetry_cli::main::<launcher::Launcher>,
        "nim" => telemetry_cli::main::<nim::NimClient>,
        "openshell" => telemetry_cli::main::<openshell::OpenShell>,
        "safe_synthesizer" => telemetry_cli::main::<safe_synthesizer::SafeSynthesizer>,
        "switchyard" => telemetry_cli::main::<switchyard::Switchyard>,
        other => panic!("no product is called `{other}`"),
    };
    run("1.0.0")
}
