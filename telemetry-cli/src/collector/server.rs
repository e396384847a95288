// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The HTTP server: routes, and connections with limits.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

use super::api;
use super::connections::{Connections, Open, Peer};
use super::drip::Connection;
use super::host::Hosts;
use super::ingest::{Ingest, ingest};
use super::page::page;
use super::site::own_site;

/// The time in which the head of a request has to arrive, and the longest pause between two requests of a connection.
const HEAD_TIME: Duration = Duration::from_secs(10);

/// The largest head of a request, in bytes.
const MAX_HEAD: usize = 64 * 1024;

/// The time for requests that are being answered when the server is shut down.
const SHUTDOWN_TIME: Duration = Duration::from_secs(2);

/// The pause after a connection could not be accepted, for instance because the process has no descriptor left.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// All routes.
pub(super) fn routes(endpoint: Ingest, hosts: Hosts, stop: watch::Receiver<bool>) -> Router {
    let hosts = Arc::new(hosts);
    let check = move |request: Request, next: Next| {
        let hosts = Arc::clone(&hosts);
        async move { checked(&hosts, request, next).await }
    };
    let page = get(page).post(ingest).fallback(ingest).with_state(endpoint.clone());
    Router::new()
        .route("/", page)
        .merge(api::routes(endpoint.store.clone(), stop))
        .fallback(any(ingest).with_state(endpoint))
        .layer(middleware::from_fn(own_site))
        .layer(middleware::from_fn(check))
}

async fn checked(hosts: &Hosts, request: Request, next: Next) -> Response {
    match hosts.check(request.uri(), request.headers()) {
        Ok(()) => next.run(request).await,
        Err(refusal) => refusal.into_response(),
    }
}

/// Serves connections until `stop` changes, and then until their requests are answered.
pub(super) async fn serve(listener: TcpListener, routes: Router, mut stop: watch::Receiver<bool>) {
    let connections = Connections::new();
    let closing = stop.clone();
    for id in 0.. {
        let (stream, open) = tokio::select! {
            accepted = accept(&listener, &connections, id) => accepted,
            _ = stop.changed() => break,
        };
        tokio::spawn(serve_connection(stream, open, routes.clone(), closing.clone()));
    }
    drop(listener);
    let _ = tokio::time::timeout(SHUTDOWN_TIME, connections.all_closed()).await;
}

/// Waits for a connection, and for room for it.
async fn accept(listener: &TcpListener, connections: &Connections, id: u64) -> (TcpStream, Open) {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => return (stream, connections.add(id).await),
            Err(_) => tokio::time::sleep(ACCEPT_PAUSE).await,
        }
    }
}

async fn serve_connection(stream: TcpStream, open: Open, routes: Router, mut stop: watch::Receiver<bool>) {
    // Answers are written at once; without it, small ones could wait for the client's confirmation.
    let _ = stream.set_nodelay(true);
    let routes = TowerToHyperService::new(routes.layer(axum::Extension::<Peer>(open.peer.clone())));
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEAD_TIME).max_buf_size(MAX_HEAD);
    let mut connection = std::pin::pin!(
        http.serve_connection(TokioIo::new(Connection::new(stream, open.peer.clone())), routes)
    );
    tokio::select! {
        // An error is the client's: it has gone, or sends something other than HTTP.
        _ = connection.as_mut() => return,
        () = open.peer.closed() => return,
        _ = stop.changed() => connection.as_mut().graceful_shutdown(),
    }
    let _ = tokio::time::timeout(SHUTDOWN_TIME, connection).await;
}
