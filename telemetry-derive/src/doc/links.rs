// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Removes the links that only rustdoc understands from doc comments, which are also texts of schemas and public tables.

/// The text with the labels of links to Rust items in place of these links. Links to pages stay.
pub(super) fn without_links(text: &str) -> String {
    let lines: Vec<&str> = text.lines().filter(|line| !is_definition(line)).collect();
    let text = lines.join("\n");
    let (mut plain, mut rest) = (String::with_capacity(text.len()), text.as_str());
    while let Some(start) = rest.find(['[', '`']) {
        let (before, from) = rest.split_at(start);
        let (shown, after) = link(from).or_else(|| code(from)).unwrap_or_else(|| from.split_at(1));
        plain.extend([before, shown]);
        rest = after;
    }
    plain + rest
}

/// Code between backticks at the start of the text, and what follows it. Brackets inside are not links.
fn code(text: &str) -> Option<(&str, &str)> {
    let code = text.strip_prefix('`')?.find('`')?;
    Some(text.split_at(code + "``".len()))
}

/// The label of a link to a Rust item at the start of the text, and what follows the link.
fn link(text: &str) -> Option<(&str, &str)> {
    let (label, rest) = text.strip_prefix('[')?.split_once(']')?;
    let target = |open: char, close: char| rest.strip_prefix(open)?.split_once(close);
    if let Some((target, rest)) = target('(', ')') {
        return is_item(target).then_some((label, rest));
    }
    if let Some((target, rest)) = target('[', ']') {
        return (is_code(label) || is_code(target)).then_some((label, rest));
    }
    is_code(label).then_some((label, rest))
}

fn is_code(text: &str) -> bool {
    text.strip_prefix('`').and_then(|rest| rest.strip_suffix('`')).is_some_and(|code| !code.is_empty())
}

/// Whether the target of a link is a path of Rust, in code or with a prefix such as `fn@`, and not a page.
fn is_item(target: &str) -> bool {
    let is_of_path = |char: char| char.is_alphanumeric() || "_:@!`".contains(char);
    !target.is_empty() && !target.contains("://") && target.chars().all(is_of_path)
}

/// Whether the line only defines the target of a link to an item: `[name]: crate::Name`.
fn is_definition(line: &str) -> bool {
    let definition = line.trim_start().strip_prefix('[').and_then(|rest| rest.split_once("]: "));
    definition.is_some_and(|(_, target)| is_item(target.trim()))
}

#[cfg(test)]
mod tests {
    use super::without_links;

    #[test]
    fn links_to_items_become_their_labels() {
        for (text, plain) in [
            ("As [`Outcome`] says.", "As `Outcome` says."),
            ("[`Outcome::Failure`](crate::Outcome::Failure), or not", "`Outcome::Failure`, or not"),
            ("[the outcome](Outcome) and [another](fn@outcome)", "the outcome and another"),
            ("[the outcome][`Outcome`], [`Outcome`][outcome]", "the outcome, `Outcome`"),
            ("as [`Outcome`]\n\n[`Outcome`]: crate::Outcome", "as `Outcome`\n"),
            ("a link [`over\ntwo`] lines", "a link `over\ntwo` lines"),
        ] {
            assert_eq!(without_links(text), plain, "{text:?}");
        }
    }

    #[test]
    fn all_other_brackets_stay() {
        for text in [
            "from [0, 1], as a[0][1] or `x[`y`]`",
            "see [the page](https://example.com/a) and [another](docs/PAGE.md#part)",
            "[optional] words, [TODO]: later on",
            "`[`Code`]` and ``",
            "[`open, and `",
            "[",
            "]`[``",
            "[](x y) [ä]",
            "",
        ] {
            assert_eq!(without_links(text), text);
        }
    }
}
