// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What a constructor returns, and how to get at the engine in it.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{GenericArgument, Path, PathArguments, Type};

use crate::errors::problem_at;
use crate::function::local;

/// A return type that holds an engine.
pub(super) enum Returned {
    /// The engine itself.
    Engine,
    /// `Ok` of a result.
    Ok(Box<Self>),
    /// `Some` of an option.
    Some(Box<Self>),
    /// A pointer to it.
    Pointer(Box<Self>),
}

impl Returned {
    pub(super) fn new(returns: &Type, own_name: Option<&str>) -> syn::Result<Self> {
        let not_an_engine = || {
            problem_at(
                returns,
                "a constructor returns an engine, but this is none",
                "return `Self`, `Result<Self, E>`, `Option<Self>`, `Box<Self>` or `Arc<Self>`, or leave the mark out",
            )
        };
        let Type::Path(path) = bare(returns) else { return Err(not_an_engine()) };
        let last = path.path.segments.last().ok_or_else(not_an_engine)?;
        let name = last.ident.to_string();
        if name == "Self" || own_name == Some(name.as_str()) {
            return Ok(Self::Engine);
        }
        let PathArguments::AngleBracketed(arguments) = &last.arguments else { return Err(not_an_engine()) };
        let inner = arguments.args.iter().find_map(|argument| match argument {
            GenericArgument::Type(inner) => Some(inner),
            _ => None,
        });
        let inner = Box::new(Self::new(inner.ok_or_else(not_an_engine)?, own_name)?);
        match name.as_str() {
            "Result" => Ok(Self::Ok(inner)),
            "Option" => Ok(Self::Some(inner)),
            "Box" | "Arc" | "Rc" => Ok(Self::Pointer(inner)),
            _ => Err(not_an_engine()),
        }
    }

    /// Code that reports the engine behind `reference`, if there is one.
    pub(super) fn report(&self, reference: &TokenStream, krate: &Path) -> TokenStream {
        let inner_name = local("engine");
        let inside = |inner: &Self| inner.report(&quote!(#inner_name), krate);
        match self {
            Self::Engine => quote! { #krate::__private::report_constructed(#reference); },
            Self::Pointer(inner) => inner.report(&quote!(&**(#reference)), krate),
            Self::Ok(inner) => {
                let report = inside(inner);
                quote! { if let #krate::__private::Result::Ok(#inner_name) = #reference { #report } }
            }
            Self::Some(inner) => {
                let report = inside(inner);
                quote! { if let #krate::__private::Option::Some(#inner_name) = #reference { #report } }
            }
        }
    }
}

/// The type itself, if it is what a macro has put in, or stands in parentheses.
pub(super) fn bare(ty: &Type) -> &Type {
    match ty {
        Type::Group(group) => bare(&group.elem),
        Type::Paren(paren) => bare(&paren.elem),
        plain => plain,
    }
}
