// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! A report as a JUnit file.

use std::time::Duration;

use telemetry_schema::__cli1::counted;

use super::Case;

pub(super) fn write(cases: &[Case]) -> String {
    let (count, failed) = (cases.len(), cases.iter().filter(|case| !case.is_met()).count());
    let seconds = cases.iter().map(|case| case.elapsed).sum::<Duration>().as_secs_f64();
    let tests: String = cases.iter().map(test_case).collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <testsuite name=\"telemetry\" tests=\"{count}\" failures=\"{failed}\" errors=\"0\" time=\"{seconds:.3}\">\n\
         {tests}</testsuite>\n"
    )
}

fn test_case(case: &Case) -> String {
    let (name, seconds) = (escape(&case.name), case.elapsed.as_secs_f64());
    let failure = if case.is_met() { String::new() } else { failure(case) };
    let output: String = case.output().map(|line| escape(&line) + "\n").collect();
    format!(
        "  <testcase classname=\"telemetry\" name=\"{name}\" time=\"{seconds:.3}\">\n\
         {failure}    <system-out>{output}</system-out>\n  </testcase>\n"
    )
}

/// All differences in one element, since many readers of such files show only the first one.
fn failure(case: &Case) -> String {
    let message = match case.differences.as_slice() {
        [only] => only.subject.clone(),
        all => counted(all.len(), "difference"),
    };
    let (message, text) = (escape(&message), escape(&case.difference_lines().join("\n")));
    format!("    <failure type=\"difference\" message=\"{message}\">{text}</failure>\n")
}

/// The text in XML. Characters that XML cannot contain have been escaped before, as everything that disturbs a terminal.
fn escape(text: &str) -> String {
    let mut escaped = String::new();
    for char in text.chars() {
        match char {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&apos;"),
            char => escaped.push(char),
        }
    }
    escaped
}
