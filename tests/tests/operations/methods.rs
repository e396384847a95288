// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Measured methods of every shape: of types and of traits, with each kind of `self`.

use std::num::ParseIntError;
use std::sync::Arc;

use telemetry_core::{Client, telemetry_operation};

use crate::shop::{Payment, Shop};

pub(crate) struct Till {
    telemetry: Client<Shop>,
}

impl Till {
    pub(crate) fn new(telemetry: Client<Shop>) -> Self {
        Self { telemetry }
    }

    /// Pays.
    #[must_use = "a payment can be declined"]
    #[telemetry_operation(client = self.telemetry, event = Payment::default())]
    pub(crate) fn pay(&self, amount: &str) -> Result<u32, ParseIntError> {
        if amount.is_empty() {
            return Ok(0);
        }
        let amount: u32 = amount.parse()?;
        Ok(amount)
    }

    #[telemetry_operation(client = &self.telemetry, event = Payment::default(), operation = payment)]
    pub(crate) async fn pay_later(&self, amount: &str, waits: bool) -> Result<u32, ParseIntError> {
        if amount.is_empty() {
            return Ok(0);
        }
        let number: u32 = amount.parse()?;
        if waits {
            std::future::pending::<()>().await;
        }
        payment.num_declined += number;
        Ok(number)
    }
}

/// Methods of a trait, one of them `async`.
pub(crate) trait Pays {
    async fn pay_all(&self, amounts: &[&str]) -> Result<u32, ParseIntError>;
}

impl Pays for Till {
    #[telemetry_operation(client = self.telemetry, event = Payment::default())]
    async fn pay_all(&self, amounts: &[&str]) -> Result<u32, ParseIntError> {
        let mut sum = 0;
        for amount in amounts {
            sum += self.pay_later(amount, false).await?;
        }
        Ok(sum)
    }
}

#[derive(Clone)]
pub(crate) struct Basket {
    telemetry: Client<Shop>,
    articles: Vec<u8>,
}

trait Size {
    fn size(&self) -> usize;

    /// A method that a trait provides.
    #[telemetry_operation(client = self.telemetry(), event = Payment::default())]
    fn is_empty(&self) -> bool {
        self.size() == 0
    }

    fn telemetry(&self) -> &Client<Shop>;
}

impl Size for Basket {
    #[telemetry_operation(client = self.telemetry, event = Payment::default())]
    fn size(&self) -> usize {
        self.articles.len()
    }

    fn telemetry(&self) -> &Client<Shop> {
        &self.telemetry
    }
}

impl Basket {
    pub(crate) fn new(telemetry: Client<Shop>, articles: Vec<u8>) -> Self {
        Self { telemetry, articles }
    }

    #[telemetry_operation(client = self.telemetry, event = Payment::default())]
    pub(crate) fn first_mut(&mut self) -> Option<&mut u8> {
        self.articles.first_mut()
    }

    #[telemetry_operation(client = self.telemetry, event = Payment::default())]
    pub(crate) fn longest<'a>(&self, one: &'a str, other: &'a str) -> &'a str {
        if other.len() > one.len() { other } else { one }
    }

    #[telemetry_operation(client = self.telemetry, event = Payment::default())]
    pub(crate) fn evens(&self) -> impl Iterator<Item = u8> + '_ {
        self.articles.iter().copied().filter(|article| article % 2 == 0)
    }

    #[telemetry_operation(client = self.telemetry, event = Payment::default())]
    pub(crate) fn capturing<'a, T>(
        &self,
        one: &'a [T],
    ) -> Result<
        impl Iterator<Item = T> + use<'a, T>,
        [u8; {
            const N: usize = 1;
            N
        }],
    >
    where
        T: Copy,
    {
        if one.is_empty() { Err([1]) } else { Ok(one.iter().copied()) }
    }

    #[telemetry_operation(client = self.telemetry, event = Payment::default())]
    pub(crate) fn try_evens(
        &self,
        at_most: u8,
    ) -> Result<impl Iterator<Item = u8>, std::num::TryFromIntError> {
        let length = u8::try_from(self.articles.len())?;
        Ok(self
            .articles
            .clone()
            .into_iter()
            .take(length.min(at_most).into())
            .filter(|article| article % 2 == 0))
    }

    #[telemetry_operation(client = telemetry, event = Payment::default())]
    pub(crate) fn named(
        telemetry: &Client<Shop>,
        name: impl AsRef<str>,
        count: impl Fn(&str) -> usize,
    ) -> usize {
        count(name.as_ref())
    }

    #[telemetry_operation(client = self.telemetry, event = Payment::default())]
    pub(crate) fn shared(self: Arc<Self>) -> usize {
        self.articles.len()
    }

    pub(crate) fn count(&self) -> usize {
        assert!(!Size::is_empty(self));
        Size::size(self)
    }

    #[telemetry_operation(client = self.telemetry, event = Payment::default())]
    pub(crate) fn into_articles(mut self) -> Vec<u8> {
        self.articles.shrink_to_fit();
        self.articles
    }
}
