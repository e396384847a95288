// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! `listen`: a collector on this machine, to try events out.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::time::Duration;

use clap::Args;
use serde_json::Value;
use telemetry_core::__command1::escape_untrusted;
use telemetry_core::registry::Events;

use crate::message::CommandError;
use crate::schema::validate;

/// The time limit for one request.
const PATIENCE: Duration = Duration::from_secs(10);

/// The maximum size of the head and of the body of a request, in bytes each.
const LARGEST: u64 = 8 << 20;

/// The port and the number of events.
#[derive(Debug, Clone, Args)]
#[non_exhaustive]
pub struct ListenArgs {
    /// The port; 0 chooses a free one.
    #[arg(long, value_name = "PORT", default_value_t = 8787)]
    port: u16,
    /// Exit after this many events; with 1 if one of them violates the schema of the product.
    #[arg(long, value_name = "N")]
    count: Option<u64>,
}

/// Receives events until the user interrupts or enough have arrived.
pub(super) fn print(args: &ListenArgs, events: &Events, out: &mut dyn Write) -> Result<(), CommandError> {
    let failed = |error| {
        CommandError::Failed(format!(
            "cannot listen on port {}: {error}\nhelp: take another one with `--port`",
            args.port
        ))
    };
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, args.port)).map_err(failed)?;
    writeln!(out, "{}", invitation(events, &format!("http://{}/", listener.local_addr().map_err(failed)?)))?;
    out.flush()?;
    let mut received = Received { events, count: 0, violations: 0 };
    while args.count.is_none_or(|count| received.count < count) {
        let (stream, _) = listener.accept().map_err(failed)?;
        match request(&stream) {
            Ok(body) => received.show(&body, out)?,
            Err(error) => writeln!(out, "no request: {error}")?,
        }
        out.flush()?;
    }
    match received.violations {
        0 => Ok(()),
        violations => Err(CommandError::Failed(format!("not what the events promise: {violations}"))),
    }
}

/// The instructions for the other terminal.
fn invitation(events: &Events, url: &str) -> String {
    match events.profile().endpoint_variable() {
        Some(variable) => format!("Listening. In another terminal, run the product with {variable}={url}"),
        None => format!("Listening at {url}"),
    }
}

/// Reads one request, confirms it, and returns its body.
fn request(mut stream: &TcpStream) -> io::Result<Vec<u8>> {
    stream.set_read_timeout(Some(PATIENCE))?;
    let mut reader = BufReader::new(stream.take(LARGEST));
    let length = content_length(&mut reader)?;
    reader.get_mut().set_limit(LARGEST);
    let mut body = Vec::new();
    reader.take(length).read_to_end(&mut body)?;
    stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")?;
    Ok(body)
}

/// Reads the head of a request. A request without a length has no body.
fn content_length(reader: &mut impl BufRead) -> io::Result<u64> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        if line.trim().is_empty() {
            return Ok(length);
        }
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse().map_err(io::Error::other)?;
        }
    }
}

/// The events received so far.
struct Received<'a> {
    events: &'a Events,
    count: u64,
    violations: usize,
}

impl Received<'_> {
    fn show(&mut self, body: &[u8], out: &mut dyn Write) -> Result<(), CommandError> {
        let envelope: Value = serde_json::from_slice(body).unwrap_or_default();
        let Some(events) = envelope.get("events").and_then(Value::as_array) else {
            return Ok(writeln!(
                out,
                "not an envelope: {}",
                escape_untrusted(&String::from_utf8_lossy(body), 200)
            )?);
        };
        self.expect(&envelope, "clientId", self.events.profile().client_id(), "", out)?;
        events.iter().try_for_each(|event| self.show_event(&envelope, event, out))
    }

    /// Reports a text of the envelope that differs from `expected`, the value that this product sends.
    fn expect(
        &mut self,
        envelope: &Value,
        key: &str,
        expected: &str,
        indent: &str,
        out: &mut dyn Write,
    ) -> Result<(), CommandError> {
        let problem = match envelope.get(key) {
            Some(Value::String(text)) if text == expected => return Ok(()),
            Some(found) => format!("is {}", escape_untrusted(&found.to_string(), 200)),
            None => "is missing".to_owned(),
        };
        self.violations += 1;
        Ok(writeln!(out, "{indent}`{key}` of the envelope {problem}, and has to be \"{expected}\"")?)
    }

    fn show_event(
        &mut self,
        envelope: &Value,
        event: &Value,
        out: &mut dyn Write,
    ) -> Result<(), CommandError> {
        let name = event.get("name").and_then(Value::as_str).unwrap_or_default();
        let parameters = event.get("parameters").unwrap_or(&Value::Null);
        self.count += 1;
        writeln!(
            out,
            "{}  {}",
            escape_untrusted(name, 200),
            escape_untrusted(&parameters.to_string(), usize::MAX)
        )?;
        let Some(descriptor) = self.events.get(name) else {
            self.violations += 1;
            return Ok(writeln!(out, "  is not an event of this product")?);
        };
        self.expect(envelope, "eventSchemaVer", descriptor.schema_version, "  ", out)?;
        for violation in validate(descriptor, parameters) {
            self.violations += 1;
            writeln!(out, "  {}", escape_untrusted(&violation.to_string(), 400))?;
        }
        Ok(())
    }
}
