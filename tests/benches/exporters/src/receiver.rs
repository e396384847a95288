// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Receivers on loopback: one that answers and keeps what arrives, and one that hangs.

use std::net::TcpListener;

use opentelemetry_proto::tonic::collector::logs::v1::ExportLogsServiceRequest;
use prost::Message;

use crate::otlp_collector::OtlpCollector;

pub(crate) struct Receiver(OtlpCollector);

impl Receiver {
    pub(crate) fn start() -> Self {
        Self(OtlpCollector::start([]))
    }

    pub(crate) fn url(&self) -> String {
        self.0.url()
    }

    /// How many events have arrived, by the official message types.
    pub(crate) fn events(&self) -> usize {
        let bodies = self.0.exports().into_iter().map(|export| export.body);
        let requests = bodies.map(|body| ExportLogsServiceRequest::decode(&*body).expect("a request of OTLP"));
        let resources = requests.flat_map(|request| request.resource_logs);
        resources.flat_map(|resource| resource.scope_logs).map(|scope| scope.log_records.len()).sum()
    }
}

pub(crate) struct Hanging {
    pub(crate) url: String,
    _listener: TcpListener,
}

/// The system accepts connections, and nothing reads from them.
pub(crate) fn hanging() -> Hanging {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("loopback has a free port");
    let address = listener.local_addr().expect("a bound listener has an address");
    Hanging { url: format!("http://{address}"), _listener: listener }
}
