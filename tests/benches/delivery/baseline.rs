// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What one would write by hand: the envelope with `json!`, a bounded channel, one thread, one agent that is used again.

use std::path::PathBuf;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread::JoinHandle;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};
use telemetry_core::time::IsoTimestamp;

/// The opt-out variables of guardrails. Any value opts out, which is simpler than the rule, and no slower.
const OPT_OUTS: [&str; 4] = ["NEMO_GUARDRAILS_NO_USAGE_STATS", "DO_NOT_TRACK", "CI", "PYTEST_CURRENT_TEST"];

/// A client that has everything but audit log, counters, forks and a bounded exit. Consent it has if it is asked for:
/// [`report`](Self::report) does without, [`report_if_allowed`](Self::report_if_allowed) keeps the rules of guardrails.
pub(crate) struct Baseline {
    queue: Option<SyncSender<Value>>,
    worker: Option<JoinHandle<()>>,
    session: String,
    marker: PathBuf,
}

impl Baseline {
    pub(crate) fn start(url: &str) -> Self {
        let (queue, waiting) = sync_channel::<Value>(100_000);
        let agent = agent();
        let url = url.to_owned();
        let worker = std::thread::spawn(move || {
            for event in waiting {
                post(&agent, &url, envelope(event).to_string().as_bytes());
            }
        });
        Self {
            queue: Some(queue),
            worker: Some(worker),
            session: "7b0f9a52-6c1e-4a7b-9d0c-3f6f0e3c9a11".into(),
            marker: std::env::home_dir().unwrap_or_default().join(".config/nemoguardrails/do_not_track"),
        }
    }

    /// Reports, with the checks that each report needs: opt-outs and the endpoint.
    pub(crate) fn report_if_allowed(&self) {
        let allowed = OPT_OUTS.iter().all(|name| std::env::var(name).is_err()) && !self.marker.exists();
        let url = std::env::var("NEMO_GUARDRAILS_USAGE_STATS_SERVER");
        if allowed && url.is_ok_and(|url| url.starts_with("http")) {
            self.report();
        }
    }

    pub(crate) fn report(&self) {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0.0, |since| since.as_secs_f64());
        let event = json!({
            "ts": IsoTimestamp::new(now).map_or_else(|_| String::new(), |time| time.to_string()),
            "name": "guardrails_usage_event",
            "parameters": {
                "nemoSource": "guardrails",
                "sessionId": self.session,
                "nemoguardrailsVersion": "0.24.1",
                "pythonVersion": "3.11.7",
                "platform": "Linux-6.1-x86_64-with-glibc2.36",
                "osName": "Linux",
                "deploymentType": "library",
                "railsEngine": "LLMRails",
                "colangVersion": "",
                "llmProviders": [],
                "numRailsConfigured": 0,
                "railTypesInUse": [],
                "tracingEnabled": false,
                "hasKnowledgeBase": false,
                "streamingConfigured": false,
                "builtinFeatures": [],
                "numCustomFlows": 0,
                "event": "startup",
                "timestamp": now,
            },
        });
        if let Some(queue) = &self.queue {
            let _ = queue.try_send(event);
        }
    }

    /// Waits until everything is sent.
    pub(crate) fn finish(mut self) {
        self.queue = None;
        self.worker.take().map(JoinHandle::join);
    }
}

pub(crate) fn agent() -> ureq::Agent {
    ureq::Agent::config_builder()
        .timeout_global(Some(Duration::from_secs(5)))
        .http_status_as_error(false)
        .build()
        .into()
}

/// Without a deadline for the whole request, ureq starts no thread for each name lookup: faster, but a collector that
/// answers a byte at a time blocks it forever.
pub(crate) fn agent_without_deadline() -> ureq::Agent {
    let phase = Some(Duration::from_secs(5));
    let config = ureq::Agent::config_builder().timeout_connect(phase).timeout_recv_response(phase);
    config.http_status_as_error(false).build().into()
}

/// Returns whether there was an answer: the time of an immediate failure would be meaningless.
pub(crate) fn post(agent: &ureq::Agent, url: &str, body: &[u8]) -> bool {
    let answer = agent.post(url).content_type("application/json").send(body);
    answer.is_ok_and(|answer| answer.into_body().read_to_vec().is_ok())
}

pub(crate) fn envelope(event: Value) -> Value {
    json!({
        "browserType": "undefined", "clientId": "184482118588404", "clientType": "Native", "clientVariant": "Release",
        "clientVer": "0.24.1", "cpuArchitecture": "x86_64", "deviceGdprBehOptIn": "None", "deviceGdprFuncOptIn": "None",
        "deviceGdprTechOptIn": "None", "deviceId": "undefined", "deviceMake": "undefined", "deviceModel": "undefined",
        "deviceOS": "undefined", "deviceOSVersion": "undefined", "deviceType": "undefined", "eventProtocol": "1.6",
        "eventSchemaVer": "1.7", "eventSysVer": "nemo-telemetry/1.0", "externalUserId": "undefined",
        "gdprBehOptIn": "None", "gdprFuncOptIn": "None", "gdprTechOptIn": "None", "idpId": "undefined",
        "integrationId": "undefined", "productName": "undefined", "productVersion": "undefined",
        "sentTs": "2026-04-22T18:34:56.789Z", "sessionId": "7b0f9a52-6c1e-4a7b-9d0c-3f6f0e3c9a11", "userId": "undefined",
        "events": [event],
    })
}
