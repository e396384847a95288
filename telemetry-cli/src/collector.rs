// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! `collect`: a collector on this machine. It checks events, keeps them in a store, and answers as the product's server does.

mod api;
mod args;
mod body;
mod connections;
mod csv;
mod drip;
mod envelope;
mod export;
mod faults;
mod files;
mod forward;
mod host;
mod ingest;
mod known;
mod page;
mod print;
mod query;
mod refusal;
mod rules;
mod server;
mod signals;
mod site;
mod store;

use std::io::Write;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use telemetry_core::__forward1::Forwarder;
use telemetry_core::registry::Events;
use tokio::net::TcpListener;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::{mpsc, watch};

pub use self::args::CollectArgs;
use self::body::Room;
use self::faults::{Chance, Faults};
use self::files::{parse, read_texts};
use self::forward::Forwarding;
use self::host::Hosts;
use self::ingest::Ingest;
use self::known::Known;
use self::print::Printer;
pub(crate) use self::rules::expected;
pub use self::rules::{rules, schemas};
pub(crate) use self::signals::Interrupt;
use self::store::{Retention, Store, StoreError, ToRead};
use crate::message::{CommandError, eprint_message, escape_path};
use crate::output::Output;
use crate::progress::Progress;

/// The threads that serve connections. Each parses one event at a time, which bounds the memory for that.
const THREADS: usize = 4;

/// The time for what still runs when the collector ends.
const SHUTDOWN_TIME: Duration = Duration::from_secs(2);

/// How often events that are too old are looked for.
const TIDY_EVERY: Duration = Duration::from_secs(60);

/// The notices that may wait to be printed.
const MAX_NOTICES: usize = 64;

/// Reads a store, or collects events until the user interrupts or as many have arrived as `args` ask for.
pub(crate) fn run(args: &CollectArgs, events: &Events, out: &mut Output<'_>) -> Result<(), CommandError> {
    match (&args.store, &args.query, args.export) {
        (Some(file), Some(sql), _) => query::print(file, sql, args.json, out),
        (Some(file), None, Some(format)) => export::print(file, format, out),
        _ => serve(args, events, out),
    }
}

fn serve(args: &CollectArgs, events: &Events, out: &mut Output<'_>) -> Result<(), CommandError> {
    check_address(args)?;
    let files = read_texts(&args.schema)?;
    let known = Known::new(events, parse(&files)?, args.accept_unknown);
    let place = Place::new(args.store.as_deref())?;
    let forwarder = args.forward_otlp.as_deref().map(forwarder).transpose()?;
    let retention = retention(args, forwarder.as_ref().map(Forwarder::url));
    let open = || Store::open(&place.path, retention);
    let store = Progress::during(args.json, "checking the store", open);
    let (store, closing) = store.map_err(|error| cannot_open(&place.path, &error))?;
    let runtime = runtime()?;
    let forwarding = forwarder.map(|forwarder| Forwarding::new(store.clone(), forwarder)).transpose();
    let forwarding = forwarding.map_err(|error| unreadable(&error))?;
    match forwarding {
        Some(forwarding) => drop(runtime.spawn(forwarding.run())),
        None => forward::warn_of_unforwarded(&store),
    }
    runtime.spawn(tidy(store.clone(), args.max_age));
    let result = runtime.block_on(collect(args, events, Arc::new(known), store, &place, out));
    // Drops all handles to the store, so that its thread ends. A request to another collector may take longer, and has no handle.
    runtime.shutdown_timeout(SHUTDOWN_TIME);
    closing.wait();
    result
}

/// Deletes events that are too old, also when no request arrives.
async fn tidy(store: Store, max_age: Option<Duration>) {
    let pause = max_age.map_or(TIDY_EVERY, |age| (age / 10).clamp(Duration::from_millis(100), TIDY_EVERY));
    loop {
        // A store that cannot be written is reported to the requests that need it.
        if !store.tidy().await.unwrap_or(false) {
            tokio::time::sleep(pause).await;
        }
    }
}

fn forwarder(base_url: &str) -> Result<Forwarder, CommandError> {
    Forwarder::new(base_url).map_err(|error| CommandError::BadInput(format!("cannot forward: {error}")))
}

fn runtime() -> Result<Runtime, CommandError> {
    let runtime = Builder::new_multi_thread().worker_threads(THREADS).enable_all().build();
    runtime.map_err(|error| CommandError::Failed(format!("cannot start threads: {error}")))
}

fn open_store_to_read(file: &Path) -> Result<ToRead, CommandError> {
    ToRead::open(file).map_err(|error| cannot_open(file, &error))
}

fn cannot_open(file: &Path, error: &StoreError) -> CommandError {
    let path = escape_path(file);
    CommandError::Failed(format!("cannot open the store {path}: {error}\nhelp: {}", error.help()))
}

fn unreadable(error: &StoreError) -> CommandError {
    CommandError::Failed(format!("cannot read the store: {error}\nhelp: {}", error.help()))
}

/// Serves and prints.
async fn collect(
    args: &CollectArgs,
    events: &Events,
    known: Arc<Known>,
    store: Store,
    place: &Place,
    out: &mut Output<'_>,
) -> Result<(), CommandError> {
    let failed = |error| cannot_listen(args.listen, &error);
    let mut interrupted = signals::interrupted(place.clean_up()).map_err(failed)?;
    let listener = TcpListener::bind(args.listen).await.map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    announce(args, &invitation(events, place, address), out)?;
    let chance = chance(args, out)?;
    out.flush()?;
    let (notices, notices_to_print) = mpsc::channel(MAX_NOTICES);
    let ingest = Ingest { store: store.clone(), known, room: Room::new(), chance, notices };
    let (stop, stopped) = watch::channel(false);
    let routes = server::routes(ingest, Hosts::new(address, &args.allow_host), stopped.clone());
    let server = tokio::spawn(server::serve(listener, routes, stopped));
    let interrupt = async move {
        let _ = interrupted.wait_for(|interrupted| *interrupted).await;
    };
    let result = Printer::new(args, store, notices_to_print).print(interrupt, out).await;
    stop.send_replace(true);
    let _ = server.await;
    result
}

/// Prints an instruction for the user. With `--json`, it goes to standard error, because programs read the output.
fn announce(args: &CollectArgs, text: &str, out: &mut Output<'_>) -> Result<(), CommandError> {
    if args.json {
        eprint_message(text);
        return Ok(());
    }
    Ok(out.say(text)?)
}

/// The faults that the user asks for. A seed that the user has not given is printed.
fn chance(args: &CollectArgs, out: &mut Output<'_>) -> Result<Chance, CommandError> {
    let Some(faults) = &args.respond else { return Ok(Chance::new(Faults::default(), 0)) };
    let seed = args.seed.unwrap_or_else(|| store::now().unsigned_abs());
    if args.seed.is_none() {
        announce(
            args,
            &format!("Some answers are faults. To get the same ones again, add `--seed {seed}`."),
            out,
        )?;
    }
    Ok(Chance::new(faults.clone(), seed))
}

/// Other machines reach the collector only if the user asks for it.
fn check_address(args: &CollectArgs) -> Result<(), CommandError> {
    let address = args.listen;
    if address.ip().is_loopback() {
        return Ok(());
    }
    if !args.allow_remote {
        return Err(CommandError::BadInput(format!(
            "other machines can reach `{address}`\nhelp: take a loopback address such as `127.0.0.1:{}`, or add \
             `--allow-remote`; the collector does not encrypt and has no passwords",
            address.port()
        )));
    }
    eprint_message(&format!(
        "warning: every machine that reaches `{address}` can read and send events; the collector does not encrypt and has no passwords"
    ));
    Ok(())
}

fn cannot_listen(address: SocketAddr, error: &std::io::Error) -> CommandError {
    CommandError::Failed(format!(
        "cannot listen at {address}: {error}\nhelp: take another port with `--listen {}`",
        SocketAddr::new(address.ip(), 0)
    ))
}

fn retention(args: &CollectArgs, forwarded_to: Option<&str>) -> Retention {
    Retention {
        max_age: args.max_age,
        max_size: args.max_size,
        forwarded_to: forwarded_to.map(str::to_owned),
    }
}

/// The instructions for the other terminal.
fn invitation(events: &Events, place: &Place, address: SocketAddr) -> String {
    let place = place.description();
    let address = reachable(address);
    match events.profile().endpoint_variable() {
        Some(variable) => {
            format!(
                "Collecting into {place}, shown at http://{address}/. In another terminal, run the product with {variable}=http://{address}/"
            )
        }
        None => format!("Collecting into {place}, shown at http://{address}/"),
    }
}

/// The address for clients on this machine: they cannot connect to one that means all addresses of it.
fn reachable(address: SocketAddr) -> SocketAddr {
    let ip = match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, address.port())
}

/// The place of the store.
struct Place {
    path: PathBuf,
    /// Deleted with the store in it when the collector ends.
    temporary: Option<tempfile::TempDir>,
}

impl Place {
    fn new(file: Option<&Path>) -> Result<Self, CommandError> {
        if let Some(file) = file {
            return Ok(Self { path: file.to_owned(), temporary: None });
        }
        let directory = tempfile::Builder::new().prefix("collector-").tempdir().map_err(|error| {
            CommandError::Failed(format!(
                "cannot create a temporary store: {error}\nhelp: name a file with `--store`"
            ))
        })?;
        Ok(Self { path: directory.path().join("store.sqlite"), temporary: Some(directory) })
    }

    /// Deletes a temporary store without the value that does it otherwise, for an end without destructors.
    fn clean_up(&self) -> impl FnOnce() + Send + 'static {
        let temporary = self.temporary.as_ref().map(|directory| directory.path().to_owned());
        move || {
            // There is no time left for a second attempt.
            let _ = temporary.map(std::fs::remove_dir_all);
        }
    }

    fn description(&self) -> String {
        match &self.temporary {
            Some(_) => "a temporary store".to_owned(),
            None => escape_path(&self.path),
        }
    }
}
