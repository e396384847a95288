// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Events that try to take over the page, or to stop it.

use serde_json::json;
use telemetry_tests::browser::key;
use telemetry_tests::home::Home;

use super::{collect, envelope, open, post, shows};

/// Texts that would be markup, script, another direction, or the end of a text.
fn hostile() -> String {
    let long = "x".repeat(8192);
    format!(
        "</script><script>window.hacked=1</script><img src=x onerror=window.hacked=1><a href=javascript:window.hacked=1>\u{202e}exe.\u{0}\u{1b}[2J\u{2028}\n&lt;{long}"
    )
}

#[test]
fn hostile_texts_stay_texts() {
    let home = Home::new();
    let collector = collect(&home, &["--accept-unknown"]);
    let text = hostile();
    let event = json!({"name": text, "ts": text, "parameters": {&text: text, "__proto__": {"hacked": 1}, "exact": 0}});
    let mut request = envelope(&text, &[event]);
    for key in ["clientId", "clientVer", "eventSchemaVer", &text] {
        request[key] = json!(text);
    }
    let request = request.to_string().replace("\"exact\":0", "\"exact\":12345678901234567890123");
    assert_eq!(collector.post(&request).status, 200);
    assert_eq!(
        post(&collector, "one", &[json!({"name": text, "parameters": [text, null, [[]], "\u{202e}"]})]),
        422
    );
    let Some(browser) = open(&collector) else { return };
    browser.wait_for(&shows(2));
    browser.press(&format!("jj{}", key::ENTER));
    browser.wait_for("!document.getElementById('detail').hidden");
    browser.run("document.querySelectorAll('details').forEach((details) => { details.open = true; })");
    let title = browser.value("document.getElementById('detail-title').textContent");
    let start = r"</script><script>window.hacked=1</script><img src=x onerror=window.hacked=1><a href=javascript:window.hacked=1>\u{202e}exe.\u{0}\u{1b}[2J\u{2028}\n&lt;xxx";
    assert!(title.as_str().unwrap().starts_with(start), "{title}");
    assert!(
        browser
            .value("document.querySelector('pre').textContent")
            .as_str()
            .unwrap()
            .contains("12345678901234567890123")
    );
    // The filter with such a session and such a name, and what is offered to choose.
    browser.press("s");
    browser.wait_for(&shows(1));
    browser.wait_for("document.getElementById('name').options.length > 1");
    browser.press("s");
    browser.run("const name = document.getElementById('name'); name.value = name.options[1].value; name.dispatchEvent(new Event('change'))");
    browser.wait_for(&shows(2));
    for (count, expected) in [
        ("document.querySelectorAll('script, img, iframe, object, embed, base').length", json!(1)),
        ("document.querySelectorAll('main a').length", json!(0)),
        ("window.hacked ?? Object.prototype.hacked ?? 'not hacked'", json!("not hacked")),
        ("/[\\u202e\\u2028\\u0000\\u001b]/.test(document.body.innerText)", json!(false)),
        ("document.documentElement.scrollWidth <= innerWidth", json!(true)),
    ] {
        assert_eq!(browser.value(count), expected, "{count}");
    }
    assert_eq!(browser.log(), [] as [&str; 0]);
}

/// Values that are nested so deeply that the functions of a browser fail, and values of every kind in place of an object.
#[test]
fn parameters_of_any_kind_are_shown() {
    let home = Home::new();
    let store = home.path().join("events.sqlite");
    let collector = collect(&home, &["--accept-unknown", "--store", store.to_str().unwrap()]);
    let deep = format!("{{\"deep\":{}{}}}", "[".repeat(100_000), "]".repeat(100_000));
    let long = json!("x".repeat(200_000)).to_string();
    let kinds = ["null", "[[]]", "-0", "[]", "\"\"", "true", "1e999", r#"{"":"","\u202e":{"":[]}}"#, &long];
    for parameters in kinds {
        let event = json!({"name": "kind", "parameters": "VALUE"});
        let request = envelope("one", &[event]).to_string().replace("\"VALUE\"", parameters);
        assert_eq!(collector.post(&request).status, 422, "{}", &parameters[..parameters.len().min(20)]);
    }
    // The collector refuses such events, and another program can write them.
    let store = rusqlite::Connection::open(&store).unwrap();
    let write = "UPDATE event SET parameters = ?1 WHERE id = ?2";
    assert_eq!(store.execute(write, (deep, 1)).unwrap(), 1);
    assert_eq!(store.execute(write, (r#"{"\ud800":"\udc00"}"#, 2)).unwrap(), 1);
    let Some(browser) = open(&collector) else { return };
    browser.wait_for(&shows(kinds.len()));
    for place in 1..=kinds.len() {
        browser.press(&format!("{}{}", "j".repeat(place), key::ENTER));
        browser.wait_for("document.activeElement.id === 'detail'");
        assert_eq!(browser.value("document.querySelectorAll('#detail pre').length"), 2);
        browser.press(key::ESCAPE);
    }
    assert_eq!(browser.value("document.getElementById('problem').hidden"), true);
    assert_eq!(browser.log(), [] as [&str; 0]);
}
