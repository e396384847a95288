// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What the service does, request by request, and what it reports about that.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde_json::{Value, json};
use telemetry_core::{Client, telemetry_operation};
use telemetry_examples::service::{Call, Reply};

use crate::activity::Activity;
use crate::gateway;
use crate::policy::{Policy, Rule};
use crate::providers::{Provider, Providers};
use crate::sandbox::{Plan, Sandbox};
use crate::telemetry::{
    ComputeDriver, LifecycleEvent, LifecycleOperation, OpenShell, Outcome, PolicyDecisionEvent,
    PolicyOperation, ProviderLifecycleEvent, ProviderProfile, Resource, SandboxCreateEvent, TemplateSource,
};

/// The service.
#[derive(Debug)]
pub(crate) struct Api {
    telemetry: Client<OpenShell>,
    state: Mutex<State>,
}

/// The current sandboxes, providers and counters.
#[derive(Debug, Default)]
struct State {
    providers: Providers,
    sandboxes: BTreeMap<String, Sandbox>,
    created: u64,
    activity: Activity,
}

impl State {
    fn sandbox(&mut self, id: &str) -> Result<&mut Sandbox, Reply> {
        self.sandboxes.get_mut(id).ok_or_else(Reply::not_found)
    }
}

type Answer = Result<Reply, Reply>;

impl Api {
    pub(crate) fn new(telemetry: Client<OpenShell>) -> Self {
        Self { telemetry, state: Mutex::default() }
    }

    /// Answers one request.
    pub(crate) fn handle(&self, call: &Call) -> Reply {
        use LifecycleOperation::{Delete, Start, Stop};
        let (method, path) = call.route();
        let answer = match (method, path.as_slice()) {
            ("POST", ["providers"]) => self.add_provider(call),
            ("PUT", ["providers", name]) => self.change_provider(name, call),
            ("DELETE", ["providers", name]) => self.remove_provider(name),
            ("POST", ["sandboxes"]) => self.create(call),
            ("GET", ["sandboxes", id]) => self.show(id),
            ("POST", ["sandboxes", id, "start"]) => self.lifecycle(Start, |state| start(state, id)),
            ("POST", ["sandboxes", id, "stop"]) => self.lifecycle(Stop, |state| stop(state, id)),
            ("DELETE", ["sandboxes", id]) => self.lifecycle(Delete, |state| delete(state, id)),
            ("PUT", ["sandboxes", id, "policy"]) => self.replace_policy(id, call),
            ("POST", ["sandboxes", id, "requests"]) => self.request(id, call),
            ("POST", ["sandboxes", id, "proposals"]) => self.proposals(id, call),
            ("POST", ["summary"]) => Ok(self.summarize()),
            _ => Err(Reply::not_found()),
        };
        answer.unwrap_or_else(|refusal| refusal)
    }

    /// Deletes the remaining sandboxes, and summarizes.
    pub(crate) fn close(&self) {
        let ids: Vec<String> = self.state().sandboxes.keys().cloned().collect();
        for id in ids {
            // Another request may have deleted the sandbox already.
            let _: Answer = self.lifecycle(LifecycleOperation::Delete, |state| delete(state, &id));
        }
        self.summarize();
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn add_provider(&self, call: &Call) -> Answer {
        let profile = ProviderProfile::from_wire(call.text("profile"));
        let provider = Provider { profile, token: call.text("token").to_owned() };
        self.provider_lifecycle(LifecycleOperation::Create, profile, |providers| {
            providers.add(call.text("name"), provider)
        })
    }

    fn change_provider(&self, name: &str, call: &Call) -> Answer {
        let profile = self.state().providers.get(name)?.profile;
        self.provider_lifecycle(LifecycleOperation::Update, profile, |providers| {
            providers.set_token(name, call.text("token"))
        })
    }

    fn remove_provider(&self, name: &str) -> Answer {
        let profile = self.state().providers.get(name)?.profile;
        self.provider_lifecycle(LifecycleOperation::Delete, profile, |providers| providers.remove(name))
    }

    /// Does something to a provider.
    #[telemetry_operation(
        client = self.telemetry,
        event = ProviderLifecycleEvent { operation, outcome: Outcome::Failure, provider_profile },
    )]
    fn provider_lifecycle(
        &self,
        operation: LifecycleOperation,
        provider_profile: ProviderProfile,
        action: impl FnOnce(&mut Providers) -> Result<(), Reply>,
    ) -> Answer {
        action(&mut self.state().providers).map(|()| Reply::ok(Value::Null))
    }

    /// Does something to a sandbox.
    fn lifecycle(&self, operation: LifecycleOperation, action: impl FnOnce(&mut State) -> Answer) -> Answer {
        self.lifecycle_of(Resource::Sandbox, operation, action)
    }

    #[telemetry_operation(
        client = self.telemetry,
        event = LifecycleEvent { resource, operation, outcome: Outcome::Failure },
    )]
    fn lifecycle_of(
        &self,
        resource: Resource,
        operation: LifecycleOperation,
        action: impl FnOnce(&mut State) -> Answer,
    ) -> Answer {
        action(&mut self.state())
    }

    #[telemetry_operation(client = self.telemetry, event = creation(call))]
    fn create(&self, call: &Call) -> Answer {
        self.lifecycle(LifecycleOperation::Create, |state| create(state, call))
    }

    fn show(&self, id: &str) -> Answer {
        let mut state = self.state();
        let sandbox = state.sandbox(id)?;
        let running = sandbox.is_running().map_err(failed)?;
        let (output, revision) = (sandbox.output().map_err(failed)?, sandbox.policy.revision());
        let proposals: Vec<String> = sandbox.policy.open_proposals().map(ToString::to_string).collect();
        let shown =
            json!({"running": running, "output": output, "revision": revision, "proposals": proposals});
        Ok(Reply::ok(shown))
    }

    fn replace_policy(&self, id: &str, call: &Call) -> Answer {
        self.lifecycle_of(Resource::SandboxPolicy, LifecycleOperation::Update, |state| {
            let rules = rules(call)?;
            let policy = &mut state.sandbox(id)?.policy;
            policy.replace(rules.into_iter().collect());
            Ok(Reply::ok(json!({"revision": policy.revision()})))
        })
    }

    fn request(&self, id: &str, call: &Call) -> Answer {
        let (method, url) = (call.text("method"), call.text("url"));
        let revision = call.body.get("revision").and_then(Value::as_u64);
        let mut state = self.state();
        let decision = state.sandbox(id)?.policy.decide(method, url, revision);
        state.activity.count(decision.err());
        // Others need not wait for the answer.
        drop(state);
        decision.map_err(|group| Reply::refused(403, group))?;
        let (status, body) = gateway::forward(method, url).map_err(|error| Reply::refused(502, error))?;
        Ok(Reply::ok(json!({"status": status, "body": body})))
    }

    fn proposals(&self, id: &str, call: &Call) -> Answer {
        let decision = call.text("decision").parse().map_err(|error| Reply::refused(400, error))?;
        self.decide(id, decision, call)
    }

    #[telemetry_operation(
        client = self.telemetry,
        event = PolicyDecisionEvent { operation: decision, outcome: Outcome::Failure, rule_count: 0 },
        operation = operation,
    )]
    fn decide(&self, id: &str, decision: PolicyOperation, call: &Call) -> Answer {
        let mut state = self.state();
        let policy = &mut state.sandbox(id)?.policy;
        let rules = match decision {
            PolicyOperation::ApproveAll => policy.open_proposals().cloned().collect(),
            _ => rules(call)?,
        };
        operation.rule_count = rules.len() as u64;
        policy.carry_out(decision, &rules).map_err(|reason| Reply::refused(409, reason))?;
        Ok(Reply::ok(json!({"revision": policy.revision(), "rules": rules.len()})))
    }

    fn summarize(&self) -> Reply {
        let Some(summary) = self.state().activity.summarize() else { return Reply::ok(Value::Null) };
        let requests = summary.network_activity_count;
        self.telemetry.emit(summary);
        Reply::ok(json!({"requests": requests}))
    }
}

/// The event with the requested values, before the outcome is known.
fn creation(call: &Call) -> SandboxCreateEvent {
    SandboxCreateEvent {
        outcome: Outcome::Failure,
        requested_gpu: asks_for_gpu(call),
        provider_count: call.texts("providers").count() as u64,
        has_custom_policy: call.body.get("rules").is_some(),
        template_source: if template(call).is_some() {
            TemplateSource::Image
        } else {
            TemplateSource::Default
        },
        // The vocabulary has no name for processes of this machine.
        compute_driver: ComputeDriver::Unknown,
    }
}

fn create(state: &mut State, call: &Call) -> Answer {
    let plan = Plan {
        command: call.texts("command").map(str::to_owned).collect(),
        variables: variables(&state.providers, call)?,
        template: template(call).map(str::to_owned),
    };
    let policy = Policy::new(rules(call)?.into_iter().collect::<BTreeSet<_>>());
    let sandbox = Sandbox::create(plan, policy).map_err(failed)?;
    state.created += 1;
    let id = format!("sandbox-{}", state.created);
    state.sandboxes.insert(id.clone(), sandbox);
    Ok(Reply::ok(json!({"id": id})))
}

fn start(state: &mut State, id: &str) -> Answer {
    state.sandbox(id)?.start().map_err(failed)?;
    Ok(Reply::ok(Value::Null))
}

fn stop(state: &mut State, id: &str) -> Answer {
    state.sandbox(id)?.stop().map_err(failed)?;
    Ok(Reply::ok(Value::Null))
}

fn delete(state: &mut State, id: &str) -> Answer {
    state.sandboxes.remove(id).ok_or_else(Reply::not_found)?;
    Ok(Reply::ok(Value::Null))
}

/// What the process finds in its environment: the tokens of its providers, and which GPUs it may use.
fn variables(providers: &Providers, call: &Call) -> Result<Vec<(String, String)>, Reply> {
    let gpus = if asks_for_gpu(call) { "all" } else { "void" };
    let mut variables = vec![("NVIDIA_VISIBLE_DEVICES".to_owned(), gpus.to_owned())];
    for name in call.texts("providers") {
        let provider = providers.get(name)?;
        variables.push((format!("{}_TOKEN", provider.profile).to_uppercase(), provider.token.clone()));
    }
    Ok(variables)
}

fn asks_for_gpu(call: &Call) -> bool {
    call.body.get("gpu").and_then(Value::as_bool).unwrap_or_default()
}

fn template(call: &Call) -> Option<&str> {
    Some(call.text("template")).filter(|template| !template.is_empty())
}

/// The rules in the body, all of which must be readable.
fn rules(call: &Call) -> Result<Vec<Rule>, Reply> {
    let rule = |text| Rule::parse(text).ok_or_else(|| Reply::refused(400, format!("`{text}` is not a rule")));
    call.texts("rules").map(rule).collect()
}

fn failed(error: std::io::Error) -> Reply {
    Reply::refused(500, error)
}
