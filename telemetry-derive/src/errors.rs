// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The errors of one item, collected so that all of them come out in one run.

use std::cell::RefCell;
use std::fmt::Display;

use proc_macro2::TokenStream;
use quote::ToTokens;

/// Every error found in one item. It must be asked for its verdict with [`finish`](Self::finish); dropping it unasked is a
/// bug of this crate and panics.
pub(crate) struct Errors {
    // `None` once the verdict was asked for.
    found: RefCell<Option<Vec<syn::Error>>>,
    // Those that leave the generated code as it is, so that the compiler can go on and find more.
    harmless: RefCell<Vec<syn::Error>>,
}

impl Errors {
    pub(crate) fn new() -> Self {
        Self { found: RefCell::new(Some(Vec::new())), harmless: RefCell::new(Vec::new()) }
    }

    /// Reports a problem on the tokens that cause it, with what to write instead.
    pub(crate) fn report(&self, tokens: impl ToTokens, problem: impl Display, help: impl Display) {
        self.absorb(problem_at(tokens, problem, help));
    }

    /// Reports a problem that the generated code does not suffer from.
    pub(crate) fn report_harmless(&self, tokens: impl ToTokens, problem: impl Display, help: impl Display) {
        self.harmless.borrow_mut().push(problem_at(tokens, problem, help));
    }

    /// Takes over an error made elsewhere.
    pub(crate) fn absorb(&self, error: syn::Error) {
        if let Some(found) = self.found.borrow_mut().as_mut() {
            found.push(error);
        }
    }

    /// Takes over the error of a result and hands on its value.
    pub(crate) fn keep<T>(&self, result: syn::Result<T>) -> Option<T> {
        result.map_err(|error| self.absorb(error)).ok()
    }

    /// The verdict: what was read, or all errors as tokens that make the compiler report them.
    pub(crate) fn finish<T>(self, read: Option<T>) -> Result<T, TokenStream> {
        let (read, errors) = self.finish_harmless(read);
        read.filter(|_| errors.is_empty()).ok_or(errors)
    }

    /// The verdict: what was read, if code can be generated for it, and all errors as tokens that make the compiler report
    /// them.
    pub(crate) fn finish_harmless<T>(self, read: Option<T>) -> (Option<T>, TokenStream) {
        let found = self.found.borrow_mut().take().unwrap_or_default();
        let read = read.filter(|_| found.is_empty());
        let all =
            found.iter().chain(self.harmless.borrow().iter()).map(syn::Error::to_compile_error).collect();
        (read, all)
    }
}

impl Drop for Errors {
    #[expect(clippy::panic, reason = "an unreported error would let a wrong event compile")]
    fn drop(&mut self) {
        if !std::thread::panicking() && self.found.borrow().is_some() {
            panic!("the errors of an item were not checked");
        }
    }
}

/// An error with the text `message` on `tokens`.
pub(crate) fn error_at(tokens: impl ToTokens, message: impl Display) -> syn::Error {
    syn::Error::new_spanned(tokens, message)
}

/// An error in the house's grammar: the problem, then a line with what to write.
pub(crate) fn problem_at(tokens: impl ToTokens, problem: impl Display, help: impl Display) -> syn::Error {
    error_at(tokens, format_args!("{problem}\nhelp: {help}"))
}
