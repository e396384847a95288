// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Colang 2.x by lines: every `flow …` and `import …` at the start of a line outside a docstring.

use super::{Content, Problem, line_number};

/// Counts flows and collects imports.
pub(super) fn scan(text: &str) -> Result<Content, Problem> {
    let mut content = Content::default();
    let mut in_docstring = false;
    for (index, line) in text.split('\n').enumerate() {
        if !in_docstring {
            if is_flow(line) {
                content.flows += 1;
            } else if let Some(import) = import(line) {
                content.imports.push((import, line_number(index)));
            }
        }
        if line.matches("\"\"\"").count() % 2 == 1 {
            in_docstring = !in_docstring;
        }
    }
    Ok(content)
}

fn is_flow(line: &str) -> bool {
    let Some(rest) = line.strip_prefix("flow") else { return false };
    rest.starts_with([' ', '\t', '(']) && !rest.trim_start_matches([' ', '\t', '(']).is_empty()
}

/// The path an import line names: `import a.b` is `a/b`; a quoted one keeps its quotes and never leads anywhere.
fn import(line: &str) -> Option<String> {
    let rest = line.strip_prefix("import")?;
    let name = rest.trim_start_matches([' ', '\t']);
    if name.len() == rest.len() {
        return None;
    }
    if let Some(quote) = name.chars().next().filter(|c| matches!(c, '"' | '\'')) {
        let end = name.get(1..)?.find(quote)? + 2;
        return name.get(..end).map(str::to_owned);
    }
    let name = name.split('#').next().unwrap_or_default();
    let parts: Vec<&str> = name.split('.').map(str::trim).collect();
    Some(parts.join("/")).filter(|path| !path.is_empty())
}
