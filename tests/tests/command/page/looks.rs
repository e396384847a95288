// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The page in both color themes, on a phone, and for a screen reader. `TELEMETRY_WRITE_SCREENSHOTS=1` writes the pictures of the
//! README.

use std::path::Path;

use serde_json::Value;
use telemetry_tests::browser::{Browser, key};
use telemetry_tests::collecting::Collecting;
use telemetry_tests::home::Home;

use super::{collect, lifecycle, open, post, shows};

/// The largest picture, in bytes.
const LARGEST: usize = 150 * 1024;

/// The envelopes that the client of OpenShell has sent, one for each event.
const ENVELOPES: [&str; 5] = [
    include_str!("../../../envelopes/openshell_lifecycle_event.json"),
    include_str!("../../../envelopes/openshell_policy_decision_event.json"),
    include_str!("../../../envelopes/openshell_provider_lifecycle_event.json"),
    include_str!("../../../envelopes/openshell_sandbox_activity_summary_event.json"),
    include_str!("../../../envelopes/openshell_sandbox_create_event.json"),
];

/// The sessions of the events, and the minutes since each was active.
const SESSIONS: [(&str, i64); 3] = [
    ("c41d7e3a-52a9-4f6b-9c1e-d1f4b7a90b35", 43),
    ("b7a8a0c2-6c0b-4b63-8a3f-0a5b1b9d7c14", 21),
    ("5c1f0e5a-8a6e-4f0e-9d0e-3f1c8f7f2a61", 2),
];

/// Events of an hour: all of each session, and one of the last that is invalid. Returns their number.
fn some_events(collector: &Collecting, store: &Path) -> usize {
    for (session, _) in SESSIONS {
        for envelope in ENVELOPES {
            let mut envelope: Value = serde_json::from_str(envelope).unwrap();
            envelope["sessionId"] = session.into();
            assert_eq!(collector.post(&envelope.to_string()).status, 200);
        }
    }
    assert_eq!(post(collector, SESSIONS[2].0, &[lifecycle("steal")]), 422);
    let store = rusqlite::Connection::open(store).unwrap();
    let earlier =
        "UPDATE event SET received_at = received_at - ?2 * 60000 - (17 - id) * 7300 WHERE session = ?1";
    SESSIONS
        .iter()
        .for_each(|(session, minutes)| assert!(store.execute(earlier, (session, minutes)).unwrap() > 0));
    SESSIONS.len() * ENVELOPES.len() + 1
}

/// The store with these events, its collector, and their number.
fn collected(home: &Home) -> (Collecting, usize) {
    let store = home.path().join("events.sqlite");
    let collector = collect(home, &["--store", store.to_str().unwrap()]);
    let events = some_events(&collector, &store);
    (collector, events)
}

/// The lightness of the color of the page's background, from 0 to 1, and of its text.
fn lightness(browser: &Browser) -> (f64, f64) {
    let of = |property: &str| {
        let color = browser.value(&format!("getComputedStyle(document.body).{property}"));
        let color = color.as_str().unwrap().to_owned();
        let numbers: Vec<f64> =
            color.split(|c: char| !c.is_ascii_digit()).filter_map(|number| number.parse().ok()).collect();
        numbers.iter().take(3).sum::<f64>() / 3.0 / 255.0
    };
    (of("backgroundColor"), of("color"))
}

fn picture(browser: &Browser, name: &str) {
    let picture = browser.screenshot();
    assert!(picture.starts_with(b"\x89PNG") && picture.len() < LARGEST, "{name}: {} bytes", picture.len());
    if std::env::var_os("TELEMETRY_WRITE_SCREENSHOTS").is_some() {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs").join(name);
        std::fs::write(file, picture).unwrap();
    }
}

#[test]
fn both_themes_and_a_phone() {
    let home = Home::new();
    let (collector, events) = collected(&home);
    let Some(browser) = open(&collector) else { return };
    browser.be_a_screen((1100, 640));
    browser.wait_for(&shows(events));
    browser.wait_for("document.querySelectorAll('#chart rect').length > 0");
    browser.press(&format!("j{}", key::ENTER));
    browser.wait_for("document.activeElement.id === 'detail'");

    browser.prefer("light");
    let (background, text) = lightness(&browser);
    assert!(background > 0.9 && text < 0.2, "{background} {text}");
    has_contrast(&browser);
    picture(&browser, "page-light.png");
    browser.prefer("dark");
    let (background, text) = lightness(&browser);
    assert!(background < 0.2 && text > 0.8, "{background} {text}");
    has_contrast(&browser);
    assert_eq!(browser.value("document.getAnimations().length"), 0);
    picture(&browser, "page-dark.png");
    // The user's choice counts more than the system's, also after a reload.
    browser.press("t");
    browser.run("location.reload()");
    browser.wait_for(&shows(events));
    assert!(lightness(&browser).0 > 0.9);

    fits_phones(&browser);
    browser.press(&format!("j{}", key::ENTER));
    browser.wait_for("document.activeElement.id === 'detail'");
    fits_phones(&browser);
    // A large screen at a zoom of 400 %: the page scrolls, and the list stays usable.
    browser.press(key::ESCAPE);
    browser.be_a_screen((320, 256));
    browser.wait_for("innerHeight === 256");
    assert!(browser.value("document.getElementById('list').clientHeight").as_i64().unwrap() >= 190);
    assert_eq!(browser.value("document.documentElement.scrollHeight > innerHeight"), true);
    assert_eq!(browser.log(), [] as [&str; 0]);
}

/// Rows show the local time; an open event shows both times, so that they can be compared.
#[test]
fn times_are_local_ones() {
    let home = Home::new();
    let collector = collect(&home, &[]);
    let Some(browser) = open(&collector) else { return };
    browser.be_in("Asia/Kolkata");
    assert_eq!(post(&collector, "one", &[lifecycle("create")]), 200);
    browser.wait_for(&shows(1));
    browser.press(&format!("j{}", key::ENTER));
    browser.wait_for("document.activeElement.id === 'detail'");
    let row = browser.value("document.querySelector('.row .time').textContent");
    let detail = browser.value("document.querySelector('dl.facts').innerText");
    let both = format!("Z ({} local time)", row.as_str().unwrap());
    assert!(detail.as_str().unwrap().contains(&both), "{both} is not in {detail}");
    let minutes = "(Number(document.querySelector('.row .time').textContent.split(':').at(-2)) + 30) % 60 === new Date(document.querySelector('dl.facts').innerText.match(/\\S+Z/)[0]).getUTCMinutes()";
    assert_eq!(browser.value(minutes), true, "half an hour apart");
}

/// Nothing is wider than the screen of a phone.
fn fits_phones(browser: &Browser) {
    for width in [320, 360, 400] {
        browser.be_a_phone(width);
        browser.wait_for(&format!("innerWidth === {width}"));
        let outside = "[...document.querySelectorAll('header *, #filter *, main *')].filter((node) => node.getBoundingClientRect().right > innerWidth + 1 && !node.closest('.hidden')).map((node) => node.outerHTML.slice(0, 200))";
        assert_eq!(browser.value(outside), Value::from_iter([] as [&str; 0]), "{width}");
        let scrolls = "Math.max(document.documentElement.scrollWidth, document.getElementById('list').scrollWidth) > innerWidth";
        assert_eq!(browser.value(scrolls), false, "{width}");
    }
}

/// Each text has the contrast to its background that WCAG 2.2 asks for (4.5), and each field and button a border with 3.
fn has_contrast(browser: &Browser) {
    let low = browser.run(LOW_CONTRAST);
    assert_eq!(low, Value::from_iter([] as [&str; 0]));
}

const LOW_CONTRAST: &str = r"
    const channels = (color) => color.match(/[\d.]+/g).map(Number);
    const linear = (value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
    const luminance = (color) => { const [red, green, blue] = channels(color).map(linear); return 0.2126 * red + 0.7152 * green + 0.0722 * blue; };
    const contrast = (one, other) => { const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b); return (high + 0.05) / (low + 0.05); };
    const background = (node) => { const own = getComputedStyle(node).backgroundColor; return channels(own)[3] === 0 ? background(node.parentElement) : own; };
    const isText = (node) => [...node.childNodes].some((child) => child.nodeType === Node.TEXT_NODE && child.data.trim());
    const nodes = [...document.body.querySelectorAll('*')].filter((node) => node.checkVisibility() && !node.closest('script, svg, option'));
    const texts = nodes.filter(isText).filter((node) => contrast(getComputedStyle(node).color, background(node)) < 4.5);
    const edges = nodes.filter((node) => node.matches('button:not(.link), input, select') && contrast(getComputedStyle(node).borderTopColor, background(node.parentElement)) < 3);
    return [...texts, ...edges].map((node) => `${node.outerHTML.slice(0, 100)} ${getComputedStyle(node).color} ${getComputedStyle(node).borderTopColor} ${background(node)}`);";

/// Landmarks, names and states, as the browser computes them for a screen reader.
#[test]
fn a_screen_reader_finds_its_way() {
    let home = Home::new();
    let (collector, events) = collected(&home);
    let Some(browser) = open(&collector) else { return };
    browser.wait_for(&shows(events));
    browser.press("j");
    browser.wait_for("document.getElementById('list').hasAttribute('aria-activedescendant')");
    for (expression, expected) in [
        (
            "['header', 'search', 'main', 'h1'].map((name) => document.querySelectorAll(name).length).join()",
            "1,1,1,1",
        ),
        ("document.documentElement.lang", "en"),
        ("document.getElementById('list').getAttribute('role')", "listbox"),
        (
            "document.getElementById(document.getElementById('list').getAttribute('aria-activedescendant')).getAttribute('aria-selected')",
            "true",
        ),
        ("document.getElementById('live').getAttribute('role')", "status"),
        ("document.getElementById('connection').getAttribute('role')", "status"),
        ("document.querySelector('[aria-selected=true]').ariaPosInSet", "1"),
        // Each control has a name.
        (
            "[...document.querySelectorAll('button, input:not([type=hidden]), select')].filter((node) => !node.textContent.trim() && !node.labels?.length && !node.ariaLabel).map((node) => node.id).join()",
            "",
        ),
    ] {
        assert_eq!(browser.value(expression), expected, "{expression}");
    }
    let name = browser.value("document.querySelector('[aria-selected=true]').ariaLabel");
    assert!(
        name.as_str().unwrap().starts_with("invalid: openshell_lifecycle_event, openshell 1.2.3, "),
        "{name}"
    );
    // Many events are announced together: the region for that changes at most once in ten seconds.
    browser.run("window.changes = 0; new MutationObserver(() => { window.changes += 1; }).observe(document.getElementById('live'), { childList: true });");
    for _ in 0..5 {
        assert_eq!(post(&collector, "more", &vec![lifecycle("create"); 20]), 200);
    }
    browser.wait_for("document.getElementById('newest').innerText.includes('100 new events')");
    assert!(browser.value("window.changes").as_i64().unwrap() <= 1);
}
