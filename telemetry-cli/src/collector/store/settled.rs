// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Events that need no further attempt to forward them, because they are delivered or given up.

use std::fmt;

use rusqlite::{Connection, TransactionBehavior, params};

const POSITION: &str = "INSERT INTO forward VALUES (?1, ?2) ON CONFLICT (url) DO UPDATE SET position = ?2";

/// Refused events between the first and the last one are not forwarded.
const REJECTED: &str = "INSERT OR REPLACE INTO rejected (id, url, reason) SELECT event.id, ?1, ?2
    FROM event JOIN request ON request.id = event.request WHERE request.accepted AND event.id BETWEEN ?3 AND ?4";

/// Events that need no further attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::collector) struct Settled {
    /// The id of the last of them.
    pub(in crate::collector) position: i64,
    /// Those of them that are given up.
    pub(in crate::collector) rejected: Option<Rejected>,
}

/// Events that the receiver has rejected, each alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::collector) struct Rejected {
    /// The id of the first of them.
    pub(in crate::collector) first: i64,
    /// The id of the last of them.
    pub(in crate::collector) last: i64,
    /// Their number. Refused events between them do not count.
    pub(in crate::collector) events: u64,
    /// Why the receiver has rejected the last of them.
    pub(in crate::collector) reason: String,
}

impl Settled {
    /// Notes in the store that these events are settled for `url`.
    pub(super) fn save(&self, connection: &mut Connection, url: &str) -> rusqlite::Result<()> {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        if let Some(Rejected { first, last, reason, .. }) = &self.rejected {
            transaction.execute(REJECTED, params![url, reason, first, last])?;
        }
        transaction.execute(POSITION, params![url, self.position])?;
        transaction.commit()
    }
}

impl fmt::Display for Rejected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.events {
            1 => write!(f, "event {}", self.last),
            events => write!(f, "{events} events from {} to {}", self.first, self.last),
        }
    }
}
