// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! `--query`: runs one SQL query on a store, which can only read.

use std::io::Write;
use std::path::Path;

use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, ErrorCode, Row, Statement};
use serde_json::{Map, Value};
use telemetry_core::__command1::escape_untrusted;
use telemetry_schema::__cli1::escape_json;

use super::{open_store_to_read, unreadable};
use crate::message::CommandError;

/// Prints the rows, separated by tabs, or as one JSON object per line.
pub(super) fn print(file: &Path, sql: &str, as_json: bool, out: &mut dyn Write) -> Result<(), CommandError> {
    let connection = open_store_to_read(file)?;
    let mut statement = prepare(&connection, sql)?;
    let names: Vec<String> = statement.column_names().into_iter().map(str::to_owned).collect();
    if !as_json {
        let names: Vec<_> = names.iter().map(|name| escape_untrusted(name, usize::MAX)).collect();
        writeln!(out, "{}", names.join("\t"))?;
    }
    print_rows(&mut statement, &names, as_json, out)
}

fn prepare<'a>(connection: &'a Connection, sql: &str) -> Result<Statement<'a>, CommandError> {
    connection.authorizer(Some(authorize)).map_err(|error| bad_query(&error))?;
    let statement = connection.prepare(sql).map_err(|error| bad_query(&error))?;
    // The authorizer is not asked about `VACUUM` and `REINDEX` until they run.
    if statement.readonly() && statement.column_count() > 0 {
        Ok(statement)
    } else {
        Err(refused(ONLY_READS))
    }
}

fn print_rows(
    statement: &mut Statement<'_>,
    names: &[String],
    as_json: bool,
    out: &mut dyn Write,
) -> Result<(), CommandError> {
    let mut rows = statement.query([]).map_err(|error| bad_query(&error))?;
    while let Some(row) = rows.next().map_err(failed_query)? {
        let line = if as_json { json_line(row, names) } else { text_line(row, names) };
        writeln!(out, "{}", line.map_err(|error| bad_query(&error))?)?;
    }
    Ok(())
}

fn json_line(row: &Row<'_>, names: &[String]) -> rusqlite::Result<String> {
    let mut object = Map::new();
    for (index, name) in names.iter().enumerate() {
        object.insert(name.clone(), json(row.get_ref(index)?));
    }
    Ok(escape_json(&Value::from(object).to_string()))
}

fn json(value: ValueRef<'_>) -> Value {
    match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => number.into(),
        ValueRef::Real(number) => number.into(),
        ValueRef::Text(text) | ValueRef::Blob(text) => String::from_utf8_lossy(text).into(),
    }
}

/// The values with tabs between them; those in texts are escaped, as are other characters that disturb a terminal.
fn text_line(row: &Row<'_>, names: &[String]) -> rusqlite::Result<String> {
    let text = |index| {
        Ok(match json(row.get_ref(index)?) {
            Value::Null => String::new(),
            Value::String(text) => escape_untrusted(&text, usize::MAX),
            other => other.to_string(),
        })
    };
    Ok((0..names.len()).map(text).collect::<rusqlite::Result<Vec<_>>>()?.join("\t"))
}

/// Allows what reads the tables of this store. The connection is read-only too, but could attach other files.
fn authorize(context: AuthContext<'_>) -> Authorization {
    match context.action {
        AuthAction::Select | AuthAction::Recursive | AuthAction::Read { .. } => Authorization::Allow,
        AuthAction::Function { function_name } if !function_name.eq_ignore_ascii_case("load_extension") => {
            Authorization::Allow
        }
        _ => Authorization::Deny,
    }
}

/// An error while a query runs is one of the store or one of the query, such as an overflow.
fn failed_query(error: rusqlite::Error) -> CommandError {
    match error.sqlite_error_code() {
        Some(
            ErrorCode::DatabaseCorrupt
            | ErrorCode::DatabaseBusy
            | ErrorCode::DiskFull
            | ErrorCode::SystemIoFailure,
        ) => unreadable(&error.into()),
        _ => bad_query(&error),
    }
}

fn bad_query(error: &rusqlite::Error) -> CommandError {
    let problem = match (error, error.sqlite_error_code()) {
        (rusqlite::Error::MultipleStatement, _) => "it has several statements".to_owned(),
        (_, Some(ErrorCode::AuthorizationForStatementDenied | ErrorCode::ReadOnly)) => ONLY_READS.to_owned(),
        _ => error.to_string(),
    };
    refused(&problem)
}

const ONLY_READS: &str = "it can only read";

fn refused(problem: &str) -> CommandError {
    CommandError::BadInput(format!(
        "cannot run the query: {problem}\nhelp: select from the view `events`, for instance \
         `SELECT name, count(*) FROM events GROUP BY name`"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The only errors of statements that are allowed are those of their words.
    #[test]
    fn everything_but_reading_is_denied() {
        let connection = Connection::open_in_memory().unwrap();
        connection.execute_batch("CREATE TABLE t (a); INSERT INTO t VALUES (1)").unwrap();
        let run = |sql: &str| print_rows(&mut prepare(&connection, sql)?, &[], true, &mut std::io::sink());
        for sql in [
            "SELECT a, upper('x'), json_extract('{}', '$.a') FROM t",
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3) SELECT * FROM n",
            "SELECT count(*) FROM t GROUP BY a",
        ] {
            run(sql).unwrap_or_else(|error| panic!("{sql}: {error}"));
        }
        for sql in [
            "INSERT INTO t VALUES (2)",
            "DELETE FROM t",
            "UPDATE t SET a = 2",
            "DROP TABLE t",
            "CREATE TABLE u (a)",
            "CREATE TEMP TABLE u (a)",
            "ALTER TABLE t ADD COLUMN b",
            "ATTACH 'other.sqlite' AS other",
            "DETACH main",
            "PRAGMA journal_mode = delete",
            "PRAGMA user_version = 9",
            "PRAGMA query_only = 0",
            "VACUUM",
            "VACUUM INTO 'copy.sqlite'",
            "REINDEX",
            "ANALYZE",
            "BEGIN",
            "SAVEPOINT s",
            "SELECT load_extension('x')",
            "SELECT * FROM pragma_journal_mode",
        ] {
            let error = run(sql).map_or_else(|error| error.to_string(), |()| panic!("{sql} is allowed"));
            assert!(error.starts_with("cannot run the query: "), "{sql}: {error}");
        }
        assert!(run("SELECT 1; SELECT 2").unwrap_err().to_string().contains("it has several statements"));
        assert!(run("DELETE FROM t").unwrap_err().to_string().contains(ONLY_READS));
    }
}
