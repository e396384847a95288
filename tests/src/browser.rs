// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Headless Chromium, driven through WebDriver.

use std::thread::sleep;
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::child::{Probe, Running};
use crate::home::Home;
use crate::running::Client;
use crate::server::PATIENCE;
use crate::skipped::skipped;

/// The program that drives Chromium.
const DRIVER: &str = "chromedriver";

/// Keys that are not characters, as WebDriver writes them.
pub mod key {
    /// Enter.
    pub const ENTER: &str = "\u{e007}";
    /// Escape.
    pub const ESCAPE: &str = "\u{e00c}";
    /// Arrow down.
    pub const DOWN: &str = "\u{e015}";
    /// End.
    pub const END: &str = "\u{e010}";
}

/// A browser with one page. It ends when this is dropped.
pub struct Browser {
    session: Client,
    /// Killed, with the browser that it has started, after the session has ended.
    _driver: Running,
    _home: Home,
}

impl Browser {
    /// Starts a browser. Without one on this machine, the test is reported as skipped.
    ///
    /// # Panics
    ///
    /// If there is a browser and it does not start.
    #[must_use]
    pub fn start() -> Option<Self> {
        let path = std::env::var_os("PATH").unwrap_or_default();
        let Some(program) =
            std::env::split_paths(&path).map(|directory| directory.join(DRIVER)).find(|file| file.is_file())
        else {
            skipped("no `chromedriver`; the page is not tried in a browser");
            return None;
        };
        let home = Home::new();
        let program = program.to_str().expect("the path is text");
        let driver =
            Probe::new(program, &home).env("PATH", path).start(&["--port=0", "--allowed-ips=127.0.0.1"]);
        let session = session(&Client::of(format!("http://127.0.0.1:{}", port(&driver))))?;
        Some(Self { session, _driver: driver, _home: home })
    }

    /// Opens a page.
    pub fn open(&self, url: &str) {
        self.ask("/url", &json!({"url": url}));
    }

    /// Opens a page in a new tab, and shows it.
    ///
    /// # Panics
    ///
    /// If the browser gives the tab no name.
    pub fn open_tab(&self, url: &str) {
        let tab = self.ask("/window/new", &json!({"type": "tab"}));
        self.show(tab["handle"].as_str().expect("a name"));
        self.open(url);
    }

    /// Shows a tab, counted from 0.
    ///
    /// # Panics
    ///
    /// If there is no such tab.
    pub fn show_tab(&self, number: usize) {
        let tabs = self.session.ok("GET", "/window/handles", &json!({}));
        self.show(tabs["value"][number].as_str().expect("a name"));
    }

    fn show(&self, tab: &str) {
        self.ask("/window", &json!({"handle": tab}));
        self.command("Page.bringToFront", &json!({}));
    }

    /// Runs the body of a function in the page, and returns its result.
    pub fn run(&self, script: &str) -> Value {
        self.ask("/execute/sync", &json!({"script": script, "args": []}))
    }

    /// The value of an expression in the page.
    #[must_use]
    pub fn value(&self, expression: &str) -> Value {
        self.run(&format!("return {expression};"))
    }

    /// Waits until an expression in the page is true.
    ///
    /// # Panics
    ///
    /// If it does not become true.
    pub fn wait_for(&self, expression: &str) {
        let end = Instant::now() + PATIENCE;
        while self.value(expression) != true {
            assert!(
                Instant::now() < end,
                "not true: {expression}\nthe page: {}",
                self.value("document.body.innerText")
            );
            sleep(Duration::from_millis(20));
        }
    }

    /// Presses keys, one after the other.
    pub fn press(&self, keys: &str) {
        let press =
            |key: char| ["keyDown", "keyUp"].map(|action| json!({"type": action, "value": key.to_string()}));
        let actions: Vec<Value> = keys.chars().flat_map(press).collect();
        self.ask("/actions", &json!({"actions": [{"type": "key", "id": "keyboard", "actions": actions}]}));
    }

    /// Gives the page the screen of a phone with this width, in pixels.
    pub fn be_a_phone(&self, width: u32) {
        self.resize((width, 740), 2, true);
    }

    /// Gives the page a screen of this size, in pixels.
    pub fn be_a_screen(&self, size: (u32, u32)) {
        self.resize(size, 1, false);
    }

    fn resize(&self, (width, height): (u32, u32), scale: u32, is_mobile: bool) {
        let metrics =
            json!({"width": width, "height": height, "deviceScaleFactor": scale, "mobile": is_mobile});
        self.command("Emulation.setDeviceMetricsOverride", &metrics);
    }

    /// Moves the user to a time zone, such as `Asia/Kolkata`.
    pub fn be_in(&self, zone: &str) {
        self.command("Emulation.setTimezoneOverride", &json!({"timezoneId": zone}));
    }

    /// Sets the color scheme that the user prefers: `light` or `dark`. The user prefers no motion.
    pub fn prefer(&self, scheme: &str) {
        let feature = |name, value| json!({"name": name, "value": value});
        let features = [feature("prefers-color-scheme", scheme), feature("prefers-reduced-motion", "reduce")];
        self.command("Emulation.setEmulatedMedia", &json!({"features": features}));
    }

    /// The page as PNG.
    #[must_use]
    pub fn screenshot(&self) -> Vec<u8> {
        let answer = self.session.ok("GET", "/screenshot", &json!({}));
        STANDARD.decode(answer["value"].as_str().expect("a picture")).expect("base64")
    }

    /// What the browser has logged, such as violations of the page's policy, exceptions and requests that failed.
    #[must_use]
    pub fn log(&self) -> Vec<String> {
        let log = self.ask("/se/log", &json!({"type": "browser"}));
        let entries = log.as_array().expect("a list").iter();
        entries.map(|entry| entry["message"].as_str().unwrap_or_default().to_owned()).collect()
    }

    /// A command of the browser's own protocol.
    fn command(&self, name: &str, parameters: &Value) {
        self.ask("/goog/cdp/execute", &json!({"cmd": name, "params": parameters}));
    }

    fn ask(&self, path: &str, body: &Value) -> Value {
        self.session.ok("POST", path, body)["value"].clone()
    }
}

impl Drop for Browser {
    /// The browser deletes its own files. A test that fails may have left it in any state.
    fn drop(&mut self) {
        if !std::thread::panicking() {
            self.session.call("DELETE", "", &json!({}));
        }
    }
}

/// The port that the driver has chosen.
fn port(driver: &Running) -> String {
    loop {
        let line = driver.line();
        if let Some((_, port)) = line.split_once("started successfully on port ") {
            return port.trim_end_matches('.').to_owned();
        }
    }
}

/// Starts the browser.
fn session(driver: &Client) -> Option<Client> {
    // As root, Chromium has no sandbox of its own. It sees only pages of this test.
    let arguments = [
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--window-size=1280,800",
    ];
    let capabilities =
        json!({"goog:loggingPrefs": {"browser": "ALL"}, "goog:chromeOptions": {"args": arguments}});
    let (status, answer) =
        driver.call("POST", "/session", &json!({"capabilities": {"alwaysMatch": capabilities}}));
    if answer["value"]["message"].as_str().is_some_and(|message| message.contains("cannot find")) {
        skipped("no Chromium; the page is not tried in a browser");
        return None;
    }
    assert_eq!(status, 200, "{answer}");
    let id = answer["value"]["sessionId"].as_str().expect("a session");
    Some(driver.at(&format!("/session/{id}")))
}
