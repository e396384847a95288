// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Finds calls of a type's own functions in a body that is not parsed.

use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};

/// The first of the wanted functions that the tokens name, in any spelling of the type: `Self::name`, `Engine::name`,
/// `Engine::<T>::name`, `<Self>::name`, `<path::Engine<T>>::name`.
pub(super) fn find_call(
    tokens: TokenStream,
    own_name: Option<&str>,
    is_wanted: &dyn Fn(&Ident) -> bool,
) -> Option<Ident> {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let is_own = |owner: &Ident| owner == "Self" || own_name.is_some_and(|own| owner == own);
    let here = tokens.iter().enumerate().find_map(|(index, token)| {
        let (TokenTree::Ident(name), Some(before)) = (token, tokens.get(..index)) else { return None };
        let owner = owner(before).filter(|_| is_wanted(name))?;
        is_own(&owner).then(|| name.clone())
    });
    here.or_else(|| {
        tokens.into_iter().find_map(|token| match token {
            TokenTree::Group(group) => find_call(group.stream(), own_name, is_wanted),
            _ => None,
        })
    })
}

/// The type that the function belongs to: the last name of the path before the function's name.
fn owner(before: &[TokenTree]) -> Option<Ident> {
    let path = without_colons(before)?;
    match path.split_last()? {
        (TokenTree::Ident(name), _) => Some(name.clone()),
        (TokenTree::Group(group), _) if group.delimiter() == Delimiter::None => named(group.stream()),
        (TokenTree::Punct(close), _) if close.as_char() == '>' => {
            let open = opening(path)?;
            match without_colons(path.get(..open)?) {
                Some(before_arguments) => match before_arguments.last()? {
                    TokenTree::Ident(name) => Some(name.clone()),
                    _ => None,
                },
                None => named(path.get(open + 1..path.len() - 1)?.iter().cloned().collect()),
            }
        }
        _ => None,
    }
}

/// The tokens before a trailing `::`.
fn without_colons(tokens: &[TokenTree]) -> Option<&[TokenTree]> {
    match tokens {
        [path @ .., TokenTree::Punct(one), TokenTree::Punct(two)]
            if one.as_char() == ':' && two.as_char() == ':' =>
        {
            Some(path)
        }
        _ => None,
    }
}

/// The index of the opening angle bracket that matches the last token.
fn opening(tokens: &[TokenTree]) -> Option<usize> {
    let char_at = |index: usize| match tokens.get(index) {
        Some(TokenTree::Punct(punct)) => Some(punct.as_char()),
        _ => None,
    };
    let mut depth = 0_i32;
    (0..tokens.len()).rev().find(|index| {
        let before = index.checked_sub(1).and_then(char_at);
        match char_at(*index) {
            Some('>') if before != Some('-') => depth += 1,
            Some('<') => depth -= 1,
            _ => {}
        }
        depth == 0
    })
}

/// The name of a type: the last name of its path. `<Type as Trait>` does not name functions of the type itself.
fn named(ty: TokenStream) -> Option<Ident> {
    let mut name = None;
    for token in ty {
        match token {
            TokenTree::Ident(ident) if ident == "as" => return None,
            TokenTree::Ident(ident) => name = Some(ident),
            TokenTree::Group(group)
                if matches!(group.delimiter(), Delimiter::None | Delimiter::Parenthesis) =>
            {
                name = named(group.stream());
            }
            TokenTree::Punct(punct) if punct.as_char() == '<' => break,
            _ => {}
        }
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(body: &str) -> bool {
        find_call(body.parse().unwrap(), Some("E"), &|name| name == "new").is_some()
    }

    #[test]
    fn every_spelling_of_the_type_is_found() {
        for body in [
            "Self::new()",
            "E::new()",
            "crate::engines::E::new()",
            "<Self>::new()",
            "<(Self)>::new()",
            "<E<u8>>::new()",
            "<crate::E<fn() -> u8>>::new()",
            "E::<u8>::new()",
            "E::<Vec<fn() -> u8>>::new()",
            "1 < 2 && f(E::<u8>::new())",
            "(Self::new)()",
            "(<Self>::new)()",
            "{ let make = E::<u8>::new; make() }",
        ] {
            assert!(found(body), "{body}");
        }
    }

    #[test]
    fn other_types_and_functions_are_not() {
        for body in [
            "Other::new()",
            "Other::<E>::new()",
            "Vec::<Self>::new()",
            "<Box<Self>>::new()",
            "<Self as Make>::new()",
            "Self::other()",
            "new()",
            "Self { new: 1 }",
            "a > ::new()",
        ] {
            assert!(!found(body), "{body}");
        }
    }
}
