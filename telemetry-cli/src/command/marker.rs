// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! `disable` and `enable`: the marker file that opts out.

use std::io;
use std::path::Path;

use clap::Args;
use serde_json::json;
use telemetry_core::__command1::{
    create_machine_marker, create_marker, marker_is_absent, marker_is_present, ways_to_opt_in,
    ways_to_opt_out,
};
use telemetry_core::client::{Missing, Status};
use telemetry_core::consent::Signal;
use telemetry_core::{Client, Product};

use crate::message::{CommandError, escape_path};
use crate::output::Output;

/// Telemetry is off without a home directory, but only until there is one.
const WITHOUT_HOME: &str = "there is no home directory, so there is no place for the marker file\nhelp: set `HOME` to the \
                            user's home directory and try again, or use `--machine` for all users of this machine";

/// The users and products that a marker file applies to.
#[derive(Debug, Clone, Copy, Default, Args)]
#[non_exhaustive]
pub struct MarkerArgs {
    /// Apply to every user of this machine. This requires administrator rights.
    #[arg(long)]
    machine: bool,
    /// Apply to every product of the NeMo telemetry toolkit, not only to this one.
    #[arg(long, requires = "machine")]
    all_products: bool,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
}

impl MarkerArgs {
    fn marker(self, status: &Status) -> Result<&Path, CommandError> {
        if !self.machine {
            return users_marker(status);
        }
        let no_machine = || {
            let help = "remove `--machine`, and run this as each user";
            CommandError::Failed(format!("this system has no marker file for all users\nhelp: {help}"))
        };
        let markers = status.paths.machine_markers.as_ref().ok_or_else(no_machine)?;
        Ok(if self.all_products { &markers.all_products } else { &markers.product })
    }

    fn create(self, marker: &Path, status: &Status) -> io::Result<()> {
        if self.machine {
            create_machine_marker(marker)
        } else {
            create_marker(marker, status.paths.home.as_deref())
        }
    }

    /// The users and products whose telemetry is off, in words.
    fn whose(self) -> &'static str {
        match (self.machine, self.all_products) {
            (false, _) => "Telemetry is off",
            (true, false) => "Telemetry is off for every user of this machine",
            (true, true) => "Telemetry of all products is off for every user of this machine",
        }
    }

    fn failed(self, doing: &str, marker: &Path, error: &io::Error) -> CommandError {
        let path = escape_path(marker);
        let help = if self.machine {
            "run this as an administrator, for instance with `sudo`; without `--machine` it is about you alone"
        } else {
            "check what is there and the permissions of its directory; `DO_NOT_TRACK=1` in the environment opts out too"
        };
        CommandError::Failed(format!("cannot {doing} {path}: {error}\nhelp: {help}"))
    }
}

pub(super) fn write<P: Product>(
    args: MarkerArgs,
    client: &Client<P>,
    out: &mut Output<'_>,
) -> Result<(), CommandError> {
    let status = client.status();
    let marker = args.marker(&status)?;
    let is_new = !marker_is_present(marker);
    if is_new {
        args.create(marker, &status).map_err(|error| args.failed("write", marker, &error))?;
    }
    let path = escape_path(marker);
    match (args.json, is_new) {
        (true, _) => print_json(client, marker, is_new, out)?,
        (false, true) => out.say(format_args!("{}: wrote {path}.", args.whose()))?,
        (false, false) => out.say(format_args!("Telemetry is already off: {path} exists."))?,
    }
    Ok(())
}

pub(super) fn remove<P: Product>(
    args: MarkerArgs,
    client: &Client<P>,
    out: &mut Output<'_>,
) -> Result<(), CommandError> {
    let status = client.status();
    let marker = args.marker(&status)?;
    let was_there = match std::fs::remove_file(marker) {
        Ok(()) => true,
        Err(_) if marker_is_absent(marker) => false,
        Err(error) => return Err(args.failed("remove", marker, &error)),
    };
    if args.json {
        return print_json(client, marker, was_there, out);
    }
    let path = escape_path(marker);
    match was_there {
        true => out.say(format_args!("Removed {path}."))?,
        false => out.say(format_args!("There is no marker file at {path}."))?,
    }
    say_what_decides(client, &status, out)
}

fn say_what_decides<P: Product>(
    client: &Client<P>,
    status: &Status,
    out: &mut Output<'_>,
) -> Result<(), CommandError> {
    Ok(match client.consent_decision().signal() {
        None => out.say("Telemetry is on."),
        Some(Signal::NoOptIn) => {
            out.say(format_args!("Telemetry is still off until you opt in: {}.", opting_in(status)))
        }
        Some(signal) => out.say(format_args!("Telemetry is still off: {signal} opts out.")),
    }?)
}

/// Whether telemetry is on now, and whether this command has changed the marker file.
fn print_json<P: Product>(
    client: &Client<P>,
    marker: &Path,
    changed: bool,
    out: &mut Output<'_>,
) -> Result<(), CommandError> {
    let decision = client.consent_decision();
    let signal = decision.signal().map(ToString::to_string);
    let json = json!({
        "enabled": signal.is_none(),
        "decided_by": signal,
        "marker_file": marker.to_string_lossy(),
        "changed": changed,
    });
    Ok(out.json(json)?)
}

/// How to opt in, in words.
fn opting_in(status: &Status) -> String {
    let (variables, file) = ways_to_opt_in(status);
    let file = file.map(|(key, path)| format!("`{key}` in {}", escape_path(path)));
    variables.into_iter().chain(file).collect::<Vec<_>>().join(", or ")
}

fn users_marker(status: &Status) -> Result<&Path, CommandError> {
    status.marker().map_err(|reason| {
        CommandError::Failed(match reason {
            Missing::NoHome => WITHOUT_HOME.into(),
            reason => without_marker(status, reason),
        })
    })
}

/// The error for a product without a marker file, with the alternatives.
fn without_marker(status: &Status, reason: Missing) -> String {
    let ways = ways_to_opt_out(status).join("` or `");
    if ways.is_empty() {
        return format!(
            "there is no marker file: {reason}\nhelp: use `--machine`, for all users of this machine"
        );
    }
    format!(
        "there is no marker file: {reason}\nhelp: opt out with `{ways}` in the environment, or with `--machine`"
    )
}

#[cfg(test)]
mod tests {
    use telemetry_core::consent::Rule;
    use telemetry_core::{ConsentPolicy, Profile};

    use super::*;

    struct Shop;
    impl Product for Shop {
        const PROFILE: Profile = Profile::new("shop", "1").consent(ConsentPolicy::variables(&[]));
    }

    struct Service;
    impl Product for Service {
        const PROFILE: Profile = Profile::new("service", "1")
            .consent(ConsentPolicy::variables(&[("SERVICE_OFF", Rule::OptOut)]).without_marker());
    }

    const PRODUCT: MarkerArgs = MarkerArgs { machine: true, all_products: false, json: false };
    const ALL: MarkerArgs = MarkerArgs { machine: true, all_products: true, json: false };

    fn shop(dir: &Path) -> Client<Shop> {
        Client::builder().config_dir(dir.join("config")).machine_dir(dir.join("etc")).start()
    }

    fn disable(args: MarkerArgs, client: &Client<Shop>) -> String {
        let mut out = Vec::new();
        write(args, client, &mut Output::plain(&mut out)).unwrap();
        String::from_utf8(out).unwrap()
    }

    fn enable(args: MarkerArgs, client: &Client<Shop>) -> String {
        let mut out = Vec::new();
        remove(args, client, &mut Output::plain(&mut out)).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn each_marker_is_written_and_removed_and_the_others_still_count() {
        let dir = tempfile::tempdir().unwrap();
        let client = shop(dir.path());
        for (args, file, said) in [
            (MarkerArgs::default(), "config/do_not_track", "Telemetry is off: wrote "),
            (PRODUCT, "etc/shop/do_not_track", "off for every user of this machine: wrote "),
            (ALL, "etc/nemo-telemetry/do_not_track", "Telemetry of all products is off for every user"),
        ] {
            let shown = disable(args, &client);
            assert!(shown.contains(said) && shown.contains(file), "{shown}");
            assert!(dir.path().join(file).is_file());
            assert!(disable(args, &client).contains("is already off"));
        }
        assert!(enable(ALL, &client).contains("still off: administrator's marker file opts out"));
        assert!(enable(ALL, &client).contains("There is no marker file"));
        assert!(enable(PRODUCT, &client).contains("still off: marker file opts out"));
        assert!(enable(MarkerArgs::default(), &client).contains("Telemetry is on."));
    }

    /// Ignores the umask of the administrator's shell: a directory that users cannot search would opt them out permanently.
    #[cfg(unix)]
    #[test]
    fn every_user_can_look_for_a_marker_of_the_machine() {
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir().unwrap();
        disable(ALL, &shop(dir.path()));
        let mode = |file: &str| dir.path().join(file).metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!((mode("etc/nemo-telemetry"), mode("etc/nemo-telemetry/do_not_track")), (0o755, 0o644));
    }

    #[test]
    fn what_cannot_be_written_is_an_error_with_help() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("etc"), "in the way").unwrap();
        let error = write(PRODUCT, &shop(dir.path()), &mut Output::plain(Vec::new())).unwrap_err();
        assert_eq!(error.exit_code(), 1);
        let shown = error.to_string();
        assert!(
            shown.contains("cannot write") && shown.contains("\nhelp: ") && shown.contains("sudo"),
            "{shown}"
        );
    }

    #[test]
    fn a_product_without_a_marker_file_says_what_opts_out_instead() {
        let client = Client::<Service>::builder().start();
        let shown =
            write(MarkerArgs::default(), &client, &mut Output::plain(Vec::new())).unwrap_err().to_string();
        assert!(shown.contains("the product has none") && shown.contains("`SERVICE_OFF=1`"), "{shown}");
    }
}
