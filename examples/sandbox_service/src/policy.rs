// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The network policy of a sandbox: its rules, and the rules proposed for denied requests.

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;

use crate::telemetry::{DenyGroup, PolicyOperation};

/// One kind of request that is allowed, such as `GET 127.0.0.1:8080`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Rule {
    method: String,
    address: SocketAddr,
}

impl Rule {
    /// Reads a rule.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (method, address) = text.split_once(' ')?;
        let is_method = !method.is_empty() && method.bytes().all(|byte| byte.is_ascii_uppercase());
        let address = address.parse().ok().filter(|_| is_method)?;
        Some(Self { method: method.to_owned(), address })
    }
}

impl std::fmt::Display for Rule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.method, self.address)
    }
}

/// The rules of one sandbox, with the proposals that are undecided or rejected.
#[derive(Debug, Default)]
pub(crate) struct Policy {
    rules: BTreeSet<Rule>,
    proposals: BTreeMap<Rule, Proposal>,
    revision: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Proposal {
    Open,
    Approved,
    Rejected,
}

impl Policy {
    pub(crate) fn new(rules: BTreeSet<Rule>) -> Self {
        Self { rules, ..Self::default() }
    }

    /// Changes with every change of the rules.
    pub(crate) fn revision(&self) -> u64 {
        self.revision
    }

    /// Replaces the rules.
    pub(crate) fn replace(&mut self, rules: BTreeSet<Rule>) {
        self.rules = rules;
        self.revision += 1;
    }

    /// Decides whether a request may be made. One that lacks a rule proposes it.
    pub(crate) fn decide(&mut self, method: &str, url: &str, revision: Option<u64>) -> Result<(), DenyGroup> {
        if revision.is_some_and(|revision| revision != self.revision) {
            return Err(DenyGroup::PolicyStale);
        }
        let wanted = rule_for(method, url).ok_or(DenyGroup::L7ParseRejection)?;
        if is_of_the_host(wanted.address) {
            return Err(DenyGroup::Ssrf);
        }
        if self.rules.contains(&wanted) {
            // This service leads nowhere but to this machine.
            return if wanted.address.ip().is_loopback() { Ok(()) } else { Err(DenyGroup::ForwardPolicy) };
        }
        let knows_address = self.rules.iter().any(|rule| rule.address == wanted.address);
        self.proposals.entry(wanted).or_insert(Proposal::Open);
        Err(if knows_address { DenyGroup::L7Policy } else { DenyGroup::ConnectPolicy })
    }

    /// The rules that wait for a decision.
    pub(crate) fn open_proposals(&self) -> impl Iterator<Item = &Rule> {
        self.proposals.iter().filter(|(_, state)| **state == Proposal::Open).map(|(rule, _)| rule)
    }

    /// Carries out a decision about proposals. It is all or nothing: none may be unknown.
    pub(crate) fn carry_out(&mut self, decision: PolicyOperation, rules: &[Rule]) -> Result<(), String> {
        if let Some(unknown) = rules.iter().find(|rule| !self.proposals.contains_key(rule)) {
            return Err(format!("`{unknown}` has not been proposed"));
        }
        let state = match decision {
            PolicyOperation::Approve | PolicyOperation::ApproveAll => Proposal::Approved,
            PolicyOperation::Reject => Proposal::Rejected,
            PolicyOperation::Undo => Proposal::Open,
        };
        rules.iter().for_each(|rule| self.settle(rule, state));
        self.revision += 1;
        Ok(())
    }

    fn settle(&mut self, rule: &Rule, state: Proposal) {
        self.proposals.insert(rule.clone(), state);
        if state == Proposal::Approved {
            self.rules.insert(rule.clone());
        } else {
            self.rules.remove(rule);
        }
    }
}

/// The rule that allows this request.
fn rule_for(method: &str, url: &str) -> Option<Rule> {
    let authority = url.strip_prefix("http://")?.split(['/', '?', '#']).next()?;
    Rule::parse(&format!("{method} {authority}"))
}

/// Addresses at which a cloud or the network itself answers the host; no rule opens them.
fn is_of_the_host(address: SocketAddr) -> bool {
    match address {
        SocketAddr::V4(address) => address.ip().is_link_local() || address.ip().is_unspecified(),
        SocketAddr::V6(address) => address.ip().is_unicast_link_local() || address.ip().is_unspecified(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_reason_to_deny_a_request() {
        let rules = ["GET 127.0.0.1:80", "GET 192.0.2.1:80"].iter().filter_map(|text| Rule::parse(text));
        let mut policy = Policy::new(rules.collect());
        let mut decide = |method: &str, url: &str| policy.decide(method, url, None);
        assert_eq!(decide("GET", "http://127.0.0.1:80/x"), Ok(()));
        assert_eq!(decide("POST", "http://127.0.0.1:80/"), Err(DenyGroup::L7Policy));
        assert_eq!(decide("GET", "http://127.0.0.1:81/"), Err(DenyGroup::ConnectPolicy));
        assert_eq!(decide("GET", "http://192.0.2.1:80/"), Err(DenyGroup::ForwardPolicy));
        assert_eq!(decide("GET", "http://169.254.169.254:80/"), Err(DenyGroup::Ssrf));
        assert_eq!(decide("get", "http://127.0.0.1:80/"), Err(DenyGroup::L7ParseRejection));
        assert_eq!(decide("GET", "ftp://127.0.0.1:80/"), Err(DenyGroup::L7ParseRejection));
        assert_eq!(policy.decide("GET", "http://127.0.0.1:80/", Some(1)), Err(DenyGroup::PolicyStale));
        let open: Vec<_> = policy.open_proposals().map(ToString::to_string).collect();
        assert_eq!(open, ["GET 127.0.0.1:81", "POST 127.0.0.1:80"]);
    }
}
