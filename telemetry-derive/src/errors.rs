// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Collects the errors of one item, so that one compilation reports all of them.

use std::cell::RefCell;
use std::fmt::Display;

use proc_macro2::TokenStream;
use quote::ToTokens;

/// All errors found in one item. Call [`finish`](Self::finish) to get the result; dropping the value without it is a bug in this
/// crate and panics.
pub(crate) struct Errors {
    // `None` after `finish`.
    found: RefCell<Option<Vec<syn::Error>>>,
    // Errors that do not affect the generated code, so that the compiler can continue and find more.
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

    /// Reports a problem that does not affect the generated code.
    pub(crate) fn report_harmless(&self, tokens: impl ToTokens, problem: impl Display, help: impl Display) {
        self.harmless.borrow_mut().push(problem_at(tokens, problem, help));
    }

    /// Adds an error.
    pub(crate) fn absorb(&self, error: syn::Error) {
        if let Some(found) = self.found.borrow_mut().as_mut() {
            found.push(error);
        }
    }

    /// Adds the error of a result, or returns its value.
    pub(crate) fn keep<T>(&self, result: syn::Result<T>) -> Option<T> {
        result.map_err(|error| self.absorb(error)).ok()
    }

    /// Returns the value if there are no errors, or all errors as `compile_error!` tokens.
    pub(crate) fn finish<T>(self, read: Option<T>) -> Result<T, TokenStream> {
        let (read, errors) = self.finish_harmless(read);
        read.filter(|_| errors.is_empty()).ok_or(errors)
    }

    /// Returns the value if code can be generated for it, and all errors as `compile_error!` tokens.
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

/// An error in the common format: the problem, then a line with `help:` and what to write.
pub(crate) fn problem_at(tokens: impl ToTokens, problem: impl Display, help: impl Display) -> syn::Error {
    error_at(tokens, format_args!("{problem}\nhelp: {help}"))
}
