// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The five groups of rails, and the normalization of configured flow names.

use crate::text;

/// A group of rails that a configuration can switch flows on in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum RailType {
    /// Rails on what the user wrote.
    Input,
    /// Rails on what the model answered.
    Output,
    /// Rails on retrieved chunks.
    Retrieval,
    /// Rails on calls of tools.
    ToolOutput,
    /// Rails on results of tools.
    ToolInput,
}

impl RailType {
    /// All groups, in the order in which the event lists them (`docs/LOADING.md` 1).
    pub const ALL: &[Self] = &[Self::Input, Self::Output, Self::Retrieval, Self::ToolOutput, Self::ToolInput];

    /// The key below `rails` in a configuration, which is also the name in the event.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Input => "input",
            Self::Output => "output",
            Self::Retrieval => "retrieval",
            Self::ToolOutput => "tool_output",
            Self::ToolInput => "tool_input",
        }
    }
}

/// The name of a flow without its arguments: `check facts $model=a` and `check facts(a)` are both `check facts`.
///
/// Cut at the first `(` if there is one, otherwise at the first `$`; white space at the ends goes. Case and inner white
/// space stay (`docs/LOADING.md` 6 B).
///
/// ```
/// use guardrails_config::normalize_flow_id;
///
/// assert_eq!(normalize_flow_id(" content safety check input $model=judge "), "content safety check input");
/// assert_eq!(normalize_flow_id("greet(name, tone)"), "greet");
/// ```
#[must_use]
pub fn normalize_flow_id(flow: &str) -> &str {
    let flow = text::strip(flow);
    let cut = flow.find('(').or_else(|| flow.find('$'));
    text::strip(cut.and_then(|end| flow.get(..end)).unwrap_or(flow))
}
