// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! `--query`: runs one SQL query on a store, which can only read.

use std::collections::{HashMap, HashSet};
use std::io::{self, Write};
use std::ops::RangeFrom;
use std::path::Path;

use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, ErrorCode, Row, Statement};
use serde_json::{Map, Value};
use telemetry_core::__command1::escape_untrusted;
use telemetry_schema::__cli1::escape_json;

use super::{open_store_to_read, unreadable};
use crate::message::CommandError;
use crate::output::Output;
use crate::progress::UntilOutput;
use crate::spaced::spaced;

/// Prints the rows, separated by tabs, or as one JSON object per line.
pub(super) fn print(file: &Path, sql: &str, as_json: bool, out: &mut Output<'_>) -> Result<(), CommandError> {
    let connection = open_store_to_read(file)?;
    let mut statement = prepare(&connection, sql)?;
    let mut names: Vec<String> = statement.column_names().into_iter().map(str::to_owned).collect();
    if as_json {
        names = distinct(names);
    } else {
        let names: Vec<_> = names.iter().map(|name| escape_untrusted(name, usize::MAX)).collect();
        print_cells(&names, out)?;
    }
    print_rows(&mut statement, &names, as_json, out)
}

/// The names of columns as those of members, which have to differ: equal ones get `:1`, `:2` and so on, as SQLite names the columns of a
/// subquery.
fn distinct(names: Vec<String>) -> Vec<String> {
    let mut taken: HashSet<String> = names.iter().cloned().collect();
    let mut numbers: HashMap<String, RangeFrom<usize>> = HashMap::new();
    let distinct = names.into_iter().map(|name| {
        let Some(numbers) = numbers.get_mut(&name) else {
            numbers.insert(name.clone(), 1..);
            return name;
        };
        let mut numbered = numbers.map(|number| format!("{name}:{number}"));
        numbered.find(|numbered| taken.insert(numbered.clone())).unwrap_or(name)
    });
    distinct.collect()
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
    out: &mut Output<'_>,
) -> Result<(), CommandError> {
    let mut progress = UntilOutput::start(as_json, "running the query");
    let mut rows = statement.query([]).map_err(|error| bad_query(&error))?;
    while let Some(row) = rows.next().map_err(failed_query)? {
        progress.before_output();
        if as_json {
            writeln!(out, "{}", json_line(row, names).map_err(|error| bad_query(&error))?)?;
        } else {
            print_cells(&texts(row, names.len()).map_err(|error| bad_query(&error))?, out)?;
        }
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

/// The values as texts, in which everything that disturbs a terminal is escaped, tabs included.
fn texts(row: &Row<'_>, count: usize) -> rusqlite::Result<Vec<String>> {
    let text = |index| {
        Ok(match json(row.get_ref(index)?) {
            Value::Null => String::new(),
            Value::String(text) => escape_untrusted(&text, usize::MAX),
            other => other.to_string(),
        })
    };
    (0..count).map(text).collect()
}

/// Prints texts with tabs between them. On a terminal, there are spaces instead and in JSON, and the line ends between words.
fn print_cells(texts: &[String], out: &mut Output<'_>) -> io::Result<()> {
    if out.width().is_none() {
        return writeln!(out, "{}", texts.join("\t"));
    }
    let cells =
        texts.iter().map(|text| if text.starts_with(['{', '[']) { spaced(text) } else { text.clone() });
    out.line(&cells.collect::<Vec<_>>().join("  "), "    ")
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

    #[test]
    fn columns_with_the_same_name_get_numbers() {
        let distinct = |names: &[&str]| distinct(names.iter().map(|name| (*name).to_owned()).collect());
        assert_eq!(distinct(&["a", "b"]), ["a", "b"]);
        assert_eq!(distinct(&["a", "a", "a"]), ["a", "a:1", "a:2"]);
        assert_eq!(distinct(&["a", "a", "a:1", "a:1"]), ["a", "a:2", "a:1", "a:1:1"]);
        assert_eq!(distinct(&["", ""]), ["", ":1"]);
        // The most columns that SQLite allows.
        let all: HashSet<_> = distinct(&["a"; 2000]).into_iter().collect();
        assert_eq!(all.len(), 2000);
    }

    /// The only errors of statements that are allowed are those of their words.
    #[test]
    fn everything_but_reading_is_denied() {
        let connection = Connection::open_in_memory().unwrap();
        connection.execute_batch("CREATE TABLE t (a); INSERT INTO t VALUES (1)").unwrap();
        let run = |sql: &str| {
            print_rows(&mut prepare(&connection, sql)?, &[], true, &mut Output::plain(std::io::sink()))
        };
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
