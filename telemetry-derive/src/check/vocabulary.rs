// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The rules of an enum.

use std::collections::HashMap;

use syn::LitStr;

use super::check_doc;
use crate::ast::Vocabulary;
use crate::errors::Errors;

/// The rules of an enum.
pub(crate) fn check_vocabulary(vocabulary: &Vocabulary, errors: &Errors) {
    check_doc(&vocabulary.doc, vocabulary.ident, "vocabulary", errors);
    check_distinct_texts(vocabulary, errors);
    check_single_fallback(vocabulary, errors);
}

/// Rejects a text that two variants share, because it could not be read back.
fn check_distinct_texts(vocabulary: &Vocabulary, errors: &Errors) {
    let mut owners = HashMap::new();
    for variant in &vocabulary.variants {
        for text in std::iter::once(&variant.wire).chain(&variant.keys.alias) {
            if let Some(owner) = owners.insert(text.value(), variant.ident) {
                report_shared(vocabulary, text, owner, variant.ident, errors);
            }
        }
    }
}

fn report_shared(
    vocabulary: &Vocabulary,
    text: &LitStr,
    first: &proc_macro2::Ident,
    second: &proc_macro2::Ident,
    errors: &Errors,
) {
    let (name, text_value) = (vocabulary.ident, text.value());
    if first == second {
        return errors.report(
            text,
            format_args!("`{text_value}` is already the text of variant `{second}` of `{name}`"),
            "remove the alias",
        );
    }
    errors.report(
        text,
        format_args!("variants `{first}` and `{second}` of `{name}` share the text `{text_value}`"),
        "give one of them another text with `#[telemetry(rename = \"…\")]`",
    );
}

/// Allows at most one `fallback`.
fn check_single_fallback(vocabulary: &Vocabulary, errors: &Errors) {
    let mut fallbacks = vocabulary.variants.iter().filter(|variant| variant.keys.fallback.is_some());
    let Some(first) = fallbacks.next() else { return };
    for second in fallbacks {
        errors.report(
            &second.keys.fallback,
            format_args!("vocabulary `{}` has two fallbacks", vocabulary.ident),
            format_args!("remove `fallback` from one of them: `{}` is the first", first.ident),
        );
    }
}
