// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The options of `collect`.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use clap::Args;

use super::export::Format;
use super::faults::Faults;

/// The address, the store, and the schemas of the collector.
#[derive(Debug, Clone, Args)]
#[non_exhaustive]
pub struct CollectArgs {
    /// The address to listen at; port 0 chooses a free one.
    #[arg(long, value_name = "ADDRESS", value_parser = parse_address, default_value = "127.0.0.1:4319")]
    pub(super) listen: SocketAddr,
    /// Allow an address that other machines can reach.
    #[arg(long)]
    pub(super) allow_remote: bool,
    /// Answer requests with this name in the `Host` header too, besides loopback names and the address.
    #[arg(long, value_name = "NAME")]
    pub(super) allow_host: Vec<String>,
    /// Keep the events in this SQLite file. Without it, they are kept until the collector ends.
    #[arg(long, value_name = "FILE")]
    pub(super) store: Option<PathBuf>,
    /// Delete events after this time, for instance `12h` or `30d`.
    #[arg(long, value_name = "TIME", value_parser = parse_time)]
    pub(super) max_age: Option<Duration>,
    /// Delete the oldest events when the store reaches this size, for instance `500MiB`.
    #[arg(long, value_name = "SIZE", value_parser = parse_size, default_value = "1GiB")]
    pub(super) max_size: u64,
    /// Check events against this schema file too; can be repeated.
    #[arg(long, value_name = "FILE")]
    pub(super) schema: Vec<PathBuf>,
    /// Accept events of products whose schema is not known.
    #[arg(long)]
    pub(super) accept_unknown: bool,
    /// With `--store`: send the accepted events on to the OpenTelemetry collector with this base URL, such as
    /// `http://127.0.0.1:4318`.
    #[arg(long, value_name = "URL", requires = "store", conflicts_with_all = ["query", "export"])]
    pub(super) forward_otlp: Option<String>,
    /// Answer a share of the requests with a status, without an answer, or byte by byte: `503:0.2,429:0.1,hang:0.05,drip:0.05`.
    #[arg(long, value_name = "FAULTS", value_parser = Faults::parse)]
    pub(super) respond: Option<Faults>,
    /// Choose the requests of `--respond` by this number, to get the same ones again.
    #[arg(long, value_name = "N", requires = "respond")]
    pub(super) seed: Option<u64>,
    /// Exit after this many events; with 1 if one of them violates its schema.
    #[arg(long, value_name = "N")]
    pub(super) count: Option<u64>,
    /// Run one SQL query on the store, which can only read, and exit. The view `events` has a row for each event.
    #[arg(long, value_name = "SQL", allow_hyphen_values = true, requires = "store", conflicts_with_all = ["count", "export"])]
    pub(super) query: Option<String>,
    /// Print all events of the store in this format, and exit.
    #[arg(long, value_name = "FORMAT", requires = "store", conflicts_with_all = ["count", "json"])]
    pub(super) export: Option<Format>,
    /// Print each event, or each row of a query, as a JSON object.
    #[arg(long)]
    pub(super) json: bool,
    /// Do not print events.
    #[arg(long, conflicts_with = "json")]
    pub(super) quiet: bool,
}

/// The units of time, in seconds.
const TIMES: [(&str, u64); 4] = [("s", 1), ("m", 60), ("h", 3600), ("d", 86_400)];

/// The units of size, in bytes.
const SIZES: [(&str, u64); 3] = [("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30)];

/// The smallest size, which the tables and some events need.
const MIN_SIZE: u64 = 1 << 20;

/// An IP address and a port. `localhost` is the loopback address, as the name resolves on every machine, and other names are not
/// resolved.
fn parse_address(text: &str) -> Result<SocketAddr, String> {
    let port = text.strip_prefix("localhost:").and_then(|port| port.parse().ok());
    port.map_or_else(|| text.parse().ok(), |port| Some((Ipv4Addr::LOCALHOST, port).into())).ok_or_else(|| {
        "give an IP address and a port, such as `127.0.0.1:4319`, `localhost:4319` or `[::1]:4319`".into()
    })
}

fn parse_time(text: &str) -> Result<Duration, String> {
    let seconds =
        with_unit(text, &TIMES).ok_or("give a number with a unit, such as `90s`, `30m`, `12h` or `30d`")?;
    Ok(Duration::from_secs(seconds))
}

fn parse_size(text: &str) -> Result<u64, String> {
    let bytes = with_unit(text, &SIZES).ok_or("give a number with a unit, such as `500MiB` or `2GiB`")?;
    if bytes < MIN_SIZE { Err("give at least `1MiB`".into()) } else { Ok(bytes) }
}

/// The number in front of one of `units`, times that unit; `None` if it is not a whole number above 0 or too large.
fn with_unit(text: &str, units: &[(&str, u64)]) -> Option<u64> {
    let (number, unit) = units.iter().find_map(|(name, unit)| Some((text.strip_suffix(name)?, unit)))?;
    let number = number.parse::<u64>().ok().filter(|number| *number > 0)?;
    number.checked_mul(*unit).filter(|product| i64::try_from(*product).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_an_ip_address_or_localhost_and_a_port() {
        for (text, address) in [
            ("localhost:4319", "127.0.0.1:4319"),
            ("localhost:0", "127.0.0.1:0"),
            ("0.0.0.0:80", "0.0.0.0:80"),
            ("[::1]:4319", "[::1]:4319"),
        ] {
            assert_eq!(parse_address(text), Ok(address.parse().unwrap()));
        }
        for text in [
            "",
            "4319",
            ":4319",
            "localhost",
            "localhost:",
            "localhost:65536",
            "127.0.0.1",
            "::1:4319",
            "host:4319",
        ] {
            assert!(parse_address(text).is_err_and(|error| error.contains("`localhost:4319`")), "{text}");
        }
    }

    #[test]
    fn times_and_sizes_have_a_unit() {
        assert_eq!(parse_time("90s"), Ok(Duration::from_secs(90)));
        assert_eq!(parse_time("30d"), Ok(Duration::from_secs(30 * 86_400)));
        assert_eq!(parse_size("2GiB"), Ok(2 << 30));
        assert_eq!(parse_size("1024KiB"), Ok(1 << 20));
        for text in
            ["", "1", "d", "-1d", "1.5h", "1 d", "0s", "99999999999999999999s", "9223372036854775807d"]
        {
            assert!(parse_time(text).is_err(), "{text}");
        }
        for text in ["1MB", "500", "512KiB", "0GiB", "GiB"] {
            assert!(parse_size(text).is_err(), "{text}");
        }
    }
}
