//! What users see of recorded runs on a terminal, during and after.

#![allow(clippy::unwrap_used, reason = "a failing test may panic")]

use super::{screen::Screen, *};
use crate::{frontend::Printer, paint, recorded, testing};
use dockwright_telemetry::Event;
use ratatui::{Terminal, backend::TestBackend, widgets::Paragraph};
use std::sync::atomic::{AtomicU64, Ordering};

fn printer(out: &testing::Shared, color: bool) -> Printer {
    Printer {
        out: Box::new(out.clone()),
        color,
    }
}

fn small_terminal() -> Outside {
    Outside {
        size: || (64, 14),
        panics: || 0,
    }
}

/// The live tree when `millis` of the run have passed.
fn live(name: &str, verbosity: i8, millis: u64, columns: u16, rows: u16) -> TestBackend {
    let events = recorded::run(name);
    let now = events.first().unwrap().at + Duration::from_millis(millis);
    let mut model = Model::default();
    for event in events.iter().filter(|event| event.at <= now) {
        model.apply(event);
    }
    let lines = tree::lines(&model, &Scope::new(verbosity), now, columns.into(), rows.into());
    assert!(lines.len() <= rows.into());
    let mut terminal = Terminal::new(TestBackend::new(columns, rows)).unwrap();
    terminal
        .draw(|frame| frame.render_widget(Paragraph::new(lines), frame.area()))
        .unwrap();
    terminal.backend().clone()
}

/// What the terminal holds after the run, what scrolled away first.
fn after(name: &str, verbosity: i8) -> String {
    let out = testing::Shared::default();
    let mut tty = Tty::new(printer(&out, true), Scope::new(verbosity), small_terminal());
    testing::play(&mut tty, &recorded::run(name)).unwrap();
    tty.finish().unwrap();
    let mut screen = Screen::new(64, 14);
    screen.feed("$ dockwright call\r\n");
    screen.feed(&out.text());
    screen.text()
}

#[test]
fn live_upload() {
    insta::assert_snapshot!(live("ok", 0, 700, 64, 8), @r#"
    "✔ load module ./ci  0.4s                                        "
    "⠧ test  0.3s                                                    "
    "  ⠧ upload .  0.3s  ━━┄┄┄┄┄┄┄┄  1.2 MB / 4.8 MB                 "
    "⠧ 0.7s  1 running                                               "
    "                                                                "
    "                                                                "
    "                                                                "
    "                                                                "
    "#);
}

#[test]
fn live_output() {
    insta::assert_snapshot!(live("ok", 0, 4_700, 64, 12), @r#"
    "✔ load module ./ci  0.4s                                        "
    "⠧ test  4.3s                                                    "
    "  ✔ upload .  0.7s  4.8 MB                                      "
    "  ✔ FROM docker.io/library/python:3.12-slim  CACHED             "
    "  ✔ pip install -r requirements.txt  2.4s                       "
    "  ⠧ pytest -q  1.1s                                             "
    "    │ ........ [ 20%]                                           "
    "    │ ........ [ 45%]                                           "
    "⠧ 4.7s  1 running, 2 done, 1 cached                             "
    "                                                                "
    "                                                                "
    "                                                                "
    "#);
}

#[test]
fn live_cached_steps_are_one_line() {
    insta::assert_snapshot!(live("fail", 0, 1_800, 64, 14), @r#"
    "⠇ test  1.7s                                                    "
    "  ✔ 3 steps  CACHED                                             "
    "  ✔ ruff check  0.6s                                            "
    "  ⠇ pytest -q  1.7s                                             "
    "    │ tests/test_app.py::test_case_34 PASSED                    "
    "    │ tests/test_app.py::test_case_35 PASSED                    "
    "    │ tests/test_app.py::test_case_36 PASSED                    "
    "    │ tests/test_app.py::test_case_37 PASSED                    "
    "    │ tests/test_app.py::test_case_38 PASSED                    "
    "    │ tests/test_app.py::test_case_39 PASSED                    "
    "⠇ 1.8s  1 running, 1 done, 3 cached                             "
    "                                                                "
    "                                                                "
    "                                                                "
    "#);
}

#[test]
fn live_nested_at_different_heights() {
    insta::assert_snapshot!(live("nested", 0, 1_900, 64, 30), @r#"
    "✔ start engine  0.9s                                            "
    "⠏ ci  1.0s                                                      "
    "  ⠏ lint  1.0s  › lint: step 6 of a rather long command line --…"
    "  ⠏ test  1.0s  › test: step 6 of a rather long command line --…"
    "  ⠏ build  1.0s  › build: step 4 of a rather long command line …"
    "    │ line one of 4                                             "
    "    │ line two of 4                                             "
    "  ⠏ docs  1.0s  › docs: step 6 of a rather long command line --…"
    "⠏ 1.9s  10 running, 6 done, 8 cached                            "
    "                                                                "
    "                                                                "
    "                                                                "
    "                                                                "
    "                                                                "
    "                                                                "
    "                                                                "
    "                                                                "
    "                                                                "
    "                                                                "
    "                                                                "
    "                                                                "
    "                                                                "
    "                                                                "
    "                                                                "
    "                                                                "
    "                                                                "
    "                                                                "
    "                                                                "
    "                                                                "
    "                                                                "
    "#);
    insta::assert_snapshot!(live("nested", 0, 1_900, 64, 8), @r#"
    "✔ start engine  0.9s                                            "
    "⠏ ci  1.0s                                                      "
    "  ⠏ lint  1.0s  › lint: step 6 of a rather long command line --…"
    "  ⠏ test  1.0s  › test: step 6 of a rather long command line --…"
    "  ⠏ build  1.0s  › build: step 4 of a rather long command line …"
    "    │ line two of 4                                             "
    "  ⠏ docs  1.0s  › docs: step 6 of a rather long command line --…"
    "⠏ 1.9s  10 running, 6 done, 8 cached                            "
    "#);
    insta::assert_snapshot!(live("nested", 0, 1_900, 64, 4), @r#"
    "✔ start engine  0.9s                                            "
    "⠏ ci  1.0s  › build: step 4 of a rather long command line --wit…"
    "⠏ 1.9s  10 running, 6 done, 8 cached                            "
    "                                                                "
    "#);
    insta::assert_snapshot!(live("nested", 1, 1_900, 64, 16), @r#"
    "✔ start engine  0.9s                                            "
    "⠏ ci  1.0s                                                      "
    "  ⠏ lint  1.0s  › lint: step 6 of a rather long command line --…"
    "  ⠏ test  1.0s  › test: step 6 of a rather long command line --…"
    "  ⠏ build  1.0s  › build: step 4 of a rather long command line …"
    "  ⠏ docs  1.0s  › docs: step 6 of a rather long command line --…"
    "⠏ 1.9s  10 running, 6 done, 8 cached                            "
    "                                                                "
    "                                                                "
    "                                                                "
    "                                                                "
    "                                                                "
    "                                                                "
    "                                                                "
    "                                                                "
    "                                                                "
    "#);
}

#[test]
fn any_size_fits() {
    for name in recorded::NAMES {
        let events = recorded::run(name);
        let mut model = Model::default();
        for event in &events {
            model.apply(event);
            for (columns, rows) in [(20, 3), (40, 5), (200, 60)] {
                for verbosity in -1..=3 {
                    let scope = Scope::new(verbosity);
                    let lines = tree::lines(&model, &scope, event.at, columns, rows);
                    assert!(lines.len() <= rows, "{name} {verbosity} {rows}: {lines:#?}");
                }
            }
        }
    }
}

#[test]
fn after_success() {
    insta::assert_snapshot!(after("ok", 0), @r#"
    $ dockwright call
    warning: requirements.txt has no hashes
    ✔ load module ./ci  0.4s
    ✔ test  5.6s
      │ all good, says the module
      ✔ upload .  0.7s  4.8 MB
      ✔ FROM docker.io/library/python:3.12-slim  CACHED
      ✔ pip install -r requirements.txt  2.4s
      ✔ pytest -q  2.4s
    ✔ done in 6.0s  4 steps, 1 cached
    "#);
}

#[test]
fn after_failure() {
    insta::assert_snapshot!(after("fail", 0), @r#"
    $ dockwright call
    ✘ test  2.6s  ERROR
      ✔ 3 steps  CACHED
      ✔ ruff check  0.6s
      ✘ pytest -q  2.6s  ERROR
    ✘ failed after 2.6s  5 steps, 3 cached, 1 failed

    ✘ test › pytest -q  2.6s  ERROR
      │ … 36 lines before
      │ tests/test_app.py::test_case_37 PASSED
      │ tests/test_app.py::test_case_38 PASSED
      │ tests/test_app.py::test_case_39 PASSED
      │ tests/test_app.py::test_case_40 PASSED
      │ tests/test_app.py::test_case_41 PASSED
      │ tests/test_app.py::test_case_42 PASSED
      │ tests/test_app.py::test_case_43 PASSED
      │ tests/test_app.py::test_case_44 PASSED
      │ tests/test_app.py::test_case_45 PASSED
      │ tests/test_app.py::test_case_46 PASSED
      │ tests/test_app.py::test_case_47 PASSED
      │ tests/test_app.py::test_case_48 PASSED
      │ tests/test_app.py::test_case_49 PASSED
      │ tests/test_app.py::test_case_50 PASSED
      │ tests/test_app.py::test_case_51 PASSED
      │ tests/test_app.py::test_case_52 PASSED
      │ tests/test_app.py::test_case_53 PASSED
      │ tests/test_app.py::test_case_54 PASSED
      │ tests/test_app.py::test_case_55 PASSED
      │ tests/test_app.py::test_case_56 PASSED
      │ tests/test_app.py::test_case_57 PASSED
      │ tests/test_app.py::test_case_58 PASSED
      │ tests/test_app.py::test_case_59 PASSED
      │ tests/test_app.py::test_case_60 PASSED
      │ tests/test_app.py::test_sum FAILED
      │
      │     def test_sum():
      │ >       assert add(1, 2) == 4
      │ E       assert 3 == 4
      │ 1 failed, 60 passed
      process "pytest -q" did not complete: exit code 1
    "#);
}

#[test]
fn after_nested() {
    insta::assert_snapshot!(after("nested", 0), @r#"
    $ dockwright call
    ✔ start engine  0.9s
    ✔ ci  2.0s
      ✔ lint  1.6s
      ✔ test  1.6s
      ✔ build  2.0s
      ✔ docs  2.0s
    ✔ done in 2.9s  24 steps, 8 cached
    "#);
}

#[test]
fn after_verbose_run_on_a_small_screen() {
    let text = after("nested", 1);
    assert!(!text.contains("running"), "the live tree is left: {text}");
    assert_eq!(text.lines().count(), 32, "{text}");
}

#[test]
fn a_short_run_leaves_no_trace() {
    let events: Vec<Event> = recorded::run("cached").into_iter().take(2).collect();
    let out = testing::Shared::default();
    let mut tty = Tty::new(printer(&out, true), Scope::new(0), small_terminal());
    testing::play(&mut tty, &events).unwrap();
    tty.finish().unwrap();
    assert!(!out.text().contains("load module"), "{:?}", out.text());
}

#[test]
fn a_pause_leaves_the_screen_to_others() {
    let events = recorded::run("ok");
    let (before, meanwhile) = events.split_at(12);
    let out = testing::Shared::default();
    let mut tty = Tty::new(printer(&out, false), Scope::new(0), small_terminal());
    testing::play(&mut tty, before).unwrap();
    tty.pause().unwrap();
    let mut screen = Screen::new(64, 14);
    screen.feed(&out.text());
    assert_eq!(screen.text(), "");
    screen.feed("Apply? y\r\n");
    let seen = out.text().len();
    testing::play(&mut tty, meanwhile).unwrap();
    screen.feed(out.text().get(seen..).unwrap());
    assert!(
        screen.text().starts_with("Apply? y\nwarning: requirements.txt"),
        "{}",
        screen.text()
    );
}

#[test]
fn the_report_of_a_panic_stays() {
    static PANICS: AtomicU64 = AtomicU64::new(0);
    let out = testing::Shared::default();
    let mut region = Region::new(printer(&out, false), || PANICS.load(Ordering::SeqCst));
    let mut screen = Screen::new(64, 14);
    let line = |text: &str| [Line::from(paint::plain(text))];
    region.draw(&[], &line("one"), 63).unwrap();
    screen.feed(&out.text());
    PANICS.fetch_add(1, Ordering::SeqCst);
    screen.feed("thread panicked\r\n");
    let seen = out.text().len();
    region.draw(&[], &line("two"), 63).unwrap();
    screen.feed(out.text().get(seen..).unwrap());
    assert_eq!(screen.text(), "one\nthread panicked\ntwo");
}

#[test]
fn panics_are_noticed() {
    panics::watch();
    let before = panics::seen();
    let outcome = std::thread::spawn(|| panic!("on purpose, for a test")).join();
    assert!(outcome.is_err());
    assert!(panics::seen() > before);
}

#[test]
fn only_what_changed_is_drawn() {
    let out = testing::Shared::default();
    let mut region = Region::new(printer(&out, false), || 0);
    let lines = |texts: [&str; 2]| texts.map(|text| Line::from(paint::plain(text)));
    region.draw(&[], &lines(["same", "old"]), 63).unwrap();
    let seen = out.text().len();
    region.draw(&[], &lines(["same", "old"]), 63).unwrap();
    assert_eq!(out.text().len(), seen);
    region.draw(&[], &lines(["same", "new"]), 63).unwrap();
    let drawn = out.text().get(seen..).unwrap().to_owned();
    assert!(drawn.contains("new") && !drawn.contains("same"), "{drawn:?}");
}

#[test]
fn a_narrower_terminal_has_broken_our_lines() {
    let out = testing::Shared::default();
    let mut region = Region::new(printer(&out, false), || 0);
    let lines = [
        Line::from(paint::plain("x".repeat(60))),
        Line::from(paint::plain("short")),
    ];
    region.draw(&[], &lines, 79).unwrap();
    let seen = out.text().len();
    region.draw(&[], &lines, 39).unwrap();
    let drawn = out.text().get(seen..).unwrap().to_owned();
    assert!(drawn.contains("\u{1b}[3A"), "{drawn:?}");
}
