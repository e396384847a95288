// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What the filter selects, as a file.

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};

use super::chunks::{MAX_BYTES, MAX_EVENTS, Writer, chunks};
use super::{Api, Pairs, parameters};
use crate::collector::export::Format;
use crate::collector::refusal::Refusal;
use crate::collector::store::{Filter, Order, Page};

/// `GET /api/export`: the oldest events first, up to the last one that is stored when the export begins.
pub(super) async fn export(State(api): State<Api>, pairs: Pairs) -> Result<Response, Refusal> {
    let parameters = parameters(pairs, &["format"])?;
    let format = parameters.format.unwrap_or(Format::Jsonl);
    let end = *api.store.committed().borrow() + 1;
    let filter = Filter {
        before: Some(parameters.filter.before.map_or(end, |before| before.min(end))),
        ..parameters.filter
    };
    let (file, body) = chunks(&api)?;
    // The first events are read before the answer begins, so that a store that cannot be read has an error status.
    let first = page(&api, filter.clone()).await?;
    file.run(move |file| write(api, filter, format, first, file));
    Ok((headers(format), body).into_response())
}

fn headers(format: Format) -> [(header::HeaderName, &'static str); 2] {
    let (content_type, disposition) = match format {
        Format::Jsonl => ("application/x-ndjson", "attachment; filename=\"events.jsonl\""),
        Format::Csv => ("text/csv; charset=utf-8", "attachment; filename=\"events.csv\""),
    };
    [(header::CONTENT_TYPE, content_type), (header::CONTENT_DISPOSITION, disposition)]
}

async fn page(api: &Api, filter: Filter) -> Result<Page, Refusal> {
    api.read(move |store| store.page(&filter, Order::OldestFirst, MAX_EVENTS, MAX_BYTES)).await
}

/// Writes the portions one after the other, and cuts the file off if the store cannot be read any more.
async fn write(api: Api, mut filter: Filter, format: Format, first: Page, file: Writer) {
    let mut portion = Ok(first);
    let mut head = format.head();
    while let Ok(page) = portion {
        let chunk = page.events.iter().fold(head.to_owned(), |text, event| text + &format.line(event));
        if !file.write(chunk).await || !page.has_more {
            return;
        }
        head = "";
        filter.after = page.events.last().map(|event| event.id);
        portion = self::page(&api, filter.clone()).await;
    }
    file.cut_off().await;
}
