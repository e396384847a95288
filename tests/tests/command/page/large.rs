// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The page on a store of 200,000 events, while more arrive.

use std::io::Write;
use std::net::TcpStream;
use std::path::Path;
use std::time::{Duration, Instant};

use rusqlite::Connection;
use telemetry_tests::browser::Browser;
use telemetry_tests::collecting::Collecting;
use telemetry_tests::home::Home;

use super::{collect, get, lifecycle, open, post};

/// The events of the store.
const STORED: i64 = 200_000;

/// The most elements of the document: those of the page, and of the rows that fit on the screen.
const MOST_ELEMENTS: i64 = 1500;

/// Copies the one event of the store, in seconds one after the other.
fn fill(store: &Path) {
    let connection = Connection::open(store).unwrap();
    let copy = "WITH RECURSIVE number(n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM number WHERE n < ?1)
        INSERT INTO event SELECT n, request, received_at - (?1 - n) * 1000, product, 'session ' || (n % 1000), name, ts, valid, violations,
            replace(parameters, '\"create\"', iif(n = 100, '\"needle\"', '\"create\"'))
        FROM number JOIN event ON id = 1";
    connection.execute(copy, [STORED]).unwrap();
}

fn elements(browser: &Browser) -> i64 {
    browser.value("document.querySelectorAll('*').length").as_i64().unwrap()
}

/// The identifier of the topmost event.
fn first(browser: &Browser) -> i64 {
    browser
        .value("Math.max(...[...document.querySelectorAll('.row')].map((row) => Number(row.dataset.id)))")
        .as_i64()
        .unwrap()
}

/// Sends 500 events per second for two seconds, and prints the time between frames of the page.
fn feed(collector: &Collecting, browser: &Browser) {
    browser.run(
        "window.frames_seen = []; let last = performance.now();
         const frame = (now) => { window.frames_seen.push(now - last); last = now; requestAnimationFrame(frame); }; requestAnimationFrame(frame);",
    );
    let start = Instant::now();
    for tenth in 1..=20 {
        assert_eq!(post(collector, "feed", &vec![lifecycle("create"); 50]), 200);
        std::thread::sleep(
            (start + Duration::from_millis(100) * tenth).saturating_duration_since(Instant::now()),
        );
    }
    let frames = browser.value(
        "((frames) => ({ number: frames.length, p95: frames[Math.floor(frames.length * 0.95)], longest: frames.at(-1) }))(window.frames_seen.sort((a, b) => a - b))",
    );
    println!("milliseconds between frames at 500 events/s: {frames}");
}

/// Clients that search everything and go before the answer, as a browser does for a user who types.
fn abandon_searches(collector: &Collecting) {
    for number in 0..60 {
        let path = ["counts", "export", "stream"][number % 3];
        let mut stream = TcpStream::connect(&collector.address).unwrap();
        write!(
            stream,
            "GET /api/{path}?after=0&q=no{number} HTTP/1.1\r\nhost: {}\r\n\r\n",
            collector.address
        )
        .unwrap();
        std::thread::sleep(Duration::from_millis(10));
    }
    let start = Instant::now();
    assert_eq!(get(collector, "/api/events?limit=1").status, 200);
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}: it waits for searches", start.elapsed());
}

#[test]
fn a_large_store_stays_usable_while_events_arrive() {
    let home = Home::new();
    let store = home.path().join("events.sqlite");
    let arguments = ["--store", store.to_str().unwrap()];
    let collector = collect(&home, &arguments);
    assert_eq!(post(&collector, "session 1", &[lifecycle("create")]), 200);
    drop(collector);
    fill(&store);
    let collector = collect(&home, &arguments);
    let Some(browser) = open(&collector) else { return };
    browser.wait_for("document.getElementById('totals').innerText.startsWith('200,000 events stored')");
    assert_eq!(first(&browser), STORED);

    feed(&collector, &browser);
    let newest = STORED + 1000;
    browser.wait_for(&format!("document.getElementById('row-{newest}') !== null"));
    assert_eq!(first(&browser), newest);
    assert!(elements(&browser) < MOST_ELEMENTS, "{}", elements(&browser));

    // Down to older events, page by page, and back to the newest one.
    browser.run("document.getElementById('list').scrollTop = 1e9");
    browser.wait_for(&format!("Number(document.querySelector('.row').dataset.id) < {}", newest - 300));
    assert!(elements(&browser) < MOST_ELEMENTS, "{}", elements(&browser));
    browser.press("g");
    browser.wait_for(&format!("document.getElementById('row-{newest}') !== null"));

    abandon_searches(&collector);

    // An event that is found among all.
    browser.press("/needle");
    browser.wait_for(
        "document.querySelectorAll('.row').length === 1 && document.getElementById('row-100') !== null",
    );
    assert_eq!(browser.log(), [] as [&str; 0]);
}
