//! What users see of recorded runs in the views that only add lines.

#![allow(clippy::unwrap_used, reason = "a failing test may panic")]

use super::*;
use crate::{recorded, testing};

fn show(name: &str, progress: Progress, verbosity: i8) -> String {
    let out = testing::Shared::default();
    let mut frontend = new(progress, verbosity, Box::new(out.clone()), false).unwrap();
    testing::play(frontend.as_mut(), &recorded::run(name)).unwrap();
    frontend.finish().unwrap();
    out.text()
}

#[test]
fn plain_success() {
    insta::assert_snapshot!(show("ok", Progress::Plain, 0), @r#"
    #1 ▸ load module ./ci
    #1 ✔ load module ./ci  0.4s
    #2 ▸ test
    #3 ▸ test › upload .
    #4 ✔ test › FROM docker.io/library/python:3.12-slim  CACHED
    #3 ✔ test › upload .  0.7s  4.8 MB
    #5 ▸ test › pip install -r requirements.txt
    #5 │ Collecting requests==2.32.3
    #5 │ Collecting pytest==8.3.4
    #5 │ Collecting httpx==0.28.1
    #5 │ Installing collected packages
    #5 ✔ test › pip install -r requirements.txt  2.4s
    warning: requirements.txt has no hashes
    #6 ▸ test › pytest -q
    #6 │ ........ [ 20%]
    #6 │ ........ [ 45%]
    #6 │ ........ [ 70%]
    #6 │ ........ [100%]
    #6 │ 32 passed in 1.9s
    #6 ✔ test › pytest -q  2.4s
    #2 │ all good, says the module
    #2 ✔ test  5.6s
    ✔ done in 6.0s  4 steps, 1 cached
    "#);
}

#[test]
fn plain_failure_comes_last() {
    insta::assert_snapshot!(show("fail", Progress::Plain, 0), @r#"
    #1 ▸ test
    #2 ✔ test › FROM python:3.12-slim  CACHED
    #3 ✔ test › COPY . /src  CACHED
    #4 ✔ test › pip install .  CACHED
    #5 ▸ test › ruff check
    #6 ▸ test › pytest -q
    #5 │ All checks passed!
    #5 ✔ test › ruff check  0.6s
    #6 │ tests/test_app.py::test_case_01 PASSED
    #6 │ tests/test_app.py::test_case_02 PASSED
    #6 │ tests/test_app.py::test_case_03 PASSED
    #6 │ tests/test_app.py::test_case_04 PASSED
    #6 │ tests/test_app.py::test_case_05 PASSED
    #6 │ tests/test_app.py::test_case_06 PASSED
    #6 │ tests/test_app.py::test_case_07 PASSED
    #6 │ tests/test_app.py::test_case_08 PASSED
    #6 │ tests/test_app.py::test_case_09 PASSED
    #6 │ tests/test_app.py::test_case_10 PASSED
    #6 │ tests/test_app.py::test_case_11 PASSED
    #6 │ tests/test_app.py::test_case_12 PASSED
    #6 │ tests/test_app.py::test_case_13 PASSED
    #6 │ tests/test_app.py::test_case_14 PASSED
    #6 │ tests/test_app.py::test_case_15 PASSED
    #6 │ tests/test_app.py::test_case_16 PASSED
    #6 │ tests/test_app.py::test_case_17 PASSED
    #6 │ tests/test_app.py::test_case_18 PASSED
    #6 │ tests/test_app.py::test_case_19 PASSED
    #6 │ tests/test_app.py::test_case_20 PASSED
    #6 │ tests/test_app.py::test_case_21 PASSED
    #6 │ tests/test_app.py::test_case_22 PASSED
    #6 │ tests/test_app.py::test_case_23 PASSED
    #6 │ tests/test_app.py::test_case_24 PASSED
    #6 │ tests/test_app.py::test_case_25 PASSED
    #6 │ tests/test_app.py::test_case_26 PASSED
    #6 │ tests/test_app.py::test_case_27 PASSED
    #6 │ tests/test_app.py::test_case_28 PASSED
    #6 │ tests/test_app.py::test_case_29 PASSED
    #6 │ tests/test_app.py::test_case_30 PASSED
    #6 │ tests/test_app.py::test_case_31 PASSED
    #6 │ tests/test_app.py::test_case_32 PASSED
    #6 │ tests/test_app.py::test_case_33 PASSED
    #6 │ tests/test_app.py::test_case_34 PASSED
    #6 │ tests/test_app.py::test_case_35 PASSED
    #6 │ tests/test_app.py::test_case_36 PASSED
    #6 │ tests/test_app.py::test_case_37 PASSED
    #6 │ tests/test_app.py::test_case_38 PASSED
    #6 │ tests/test_app.py::test_case_39 PASSED
    #6 │ tests/test_app.py::test_case_40 PASSED
    #6 │ tests/test_app.py::test_case_41 PASSED
    #6 │ tests/test_app.py::test_case_42 PASSED
    #6 │ tests/test_app.py::test_case_43 PASSED
    #6 │ tests/test_app.py::test_case_44 PASSED
    #6 │ tests/test_app.py::test_case_45 PASSED
    #6 │ tests/test_app.py::test_case_46 PASSED
    #6 │ tests/test_app.py::test_case_47 PASSED
    #6 │ tests/test_app.py::test_case_48 PASSED
    #6 │ tests/test_app.py::test_case_49 PASSED
    #6 │ tests/test_app.py::test_case_50 PASSED
    #6 │ tests/test_app.py::test_case_51 PASSED
    #6 │ tests/test_app.py::test_case_52 PASSED
    #6 │ tests/test_app.py::test_case_53 PASSED
    #6 │ tests/test_app.py::test_case_54 PASSED
    #6 │ tests/test_app.py::test_case_55 PASSED
    #6 │ tests/test_app.py::test_case_56 PASSED
    #6 │ tests/test_app.py::test_case_57 PASSED
    #6 │ tests/test_app.py::test_case_58 PASSED
    #6 │ tests/test_app.py::test_case_59 PASSED
    #6 │ tests/test_app.py::test_case_60 PASSED
    #6 │ tests/test_app.py::test_sum FAILED
    #6 │
    #6 │     def test_sum():
    #6 │ >       assert add(1, 2) == 4
    #6 │ E       assert 3 == 4
    #6 │ 1 failed, 60 passed
    #6 ✘ test › pytest -q  2.6s  ERROR
    #1 ✘ test  2.6s  ERROR
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
fn plain_cached() {
    insta::assert_snapshot!(show("cached", Progress::Plain, 0), @r#"
    #1 ▸ build
    #2 ✔ build › FROM golang:1.24  CACHED
    #3 ✔ build › COPY go.mod go.sum .  CACHED
    #4 ✔ build › go mod download  CACHED
    #5 ✔ build › COPY . .  CACHED
    #6 ✔ build › go build ./...  CACHED
    #7 ▸ build › export app
    #7 ✔ build › export app  0.1s  8.4 MB
    #1 ✔ build  0.1s
    ✔ done in 0.2s  6 steps, 5 cached
    "#);
}

#[test]
fn plain_secret() {
    insta::assert_snapshot!(show("secret", Progress::Plain, 0), @r#"
    #1 ▸ publish
    #2 ▸ publish › docker login -p ***
    #2 │ token=***
    #2 ✘ publish › docker login -p ***  0.2s  ERROR
    #1 ✘ publish  0.2s  ERROR
    ✘ failed after 0.2s  1 step, 1 failed

    ✘ publish › docker login -p ***  0.2s  ERROR
      │ token=***
      denied for ***
    "#);
}

#[test]
fn plain_folds_what_is_deep() {
    insta::assert_snapshot!(show("nested", Progress::Plain, 0), @r#"
    #1 ▸ start engine
    #1 ✔ start engine  0.9s
    #2 ▸ ci
    #3 ▸ ci › lint
    #4 ▸ ci › test
    #5 ▸ ci › build
    #6 ▸ ci › docs
    #3 ✔ ci › lint  1.6s
    #4 ✔ ci › test  1.6s
    #5 ✔ ci › build  2.0s
    #6 ✔ ci › docs  2.0s
    #2 ✔ ci  2.0s
    ✔ done in 2.9s  24 steps, 8 cached
    "#);
}

#[test]
fn plain_verbosity() {
    let lines = |verbosity| show("nested", Progress::Plain, verbosity).lines().count();
    assert_eq!(lines(-1), 5);
    assert!(lines(1) > 40, "{}", lines(1));
    assert!(!show("ok", Progress::Plain, 1).contains("Container.stdout"));
    assert!(show("ok", Progress::Plain, 2).contains("Container.stdout"));
    assert!(!show("ok", Progress::Plain, 2).contains("[internal]"));
    assert!(show("ok", Progress::Plain, 3).contains("[internal]"));
    assert!(!show("ok", Progress::Plain, -2).contains("warning: "));
}

#[test]
fn report_success() {
    insta::assert_snapshot!(show("ok", Progress::Report, 0), @r#"
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
fn report_cached() {
    insta::assert_snapshot!(show("cached", Progress::Report, 0), @r#"
    ✔ build  0.1s
      ✔ 5 steps  CACHED
      ✔ export app  0.1s  8.4 MB
    ✔ done in 0.2s  6 steps, 5 cached
    "#);
    insta::assert_snapshot!(show("cached", Progress::Report, 1), @r#"
    ✔ load module ./ci
    ✔ build  0.1s
      ✔ FROM golang:1.24  CACHED
      ✔ COPY go.mod go.sum .  CACHED
      ✔ go mod download  CACHED
      ✔ COPY . .  CACHED
      ✔ go build ./...  CACHED
      ✔ export app  0.1s  8.4 MB
    ✔ done in 0.2s  6 steps, 5 cached
    "#);
}

#[test]
fn dots() {
    insta::assert_snapshot!(show("secret", Progress::Dots, 0), @r#"
    FF
    ✘ failed after 0.2s  1 step, 1 failed

    ✘ publish › docker login -p ***  0.2s  ERROR
      │ token=***
      denied for ***
    "#);
    insta::assert_snapshot!(show("nested", Progress::Dots, 0), @r#"
    --------.....................
    ✔ done in 2.9s  24 steps, 8 cached
    "#);
    insta::assert_snapshot!(show("ok", Progress::Dots, 0), @r#"
    -..
    warning: requirements.txt has no hashes
    ..
    ✔ done in 6.0s  4 steps, 1 cached
    "#);
}

#[test]
fn logs() {
    insta::assert_snapshot!(show("secret", Progress::Logs, 0), @r#"
    docker login -p *** │ token=***
    ✘ publish › docker login -p ***
      denied for ***
    "#);
    insta::assert_snapshot!(show("ok", Progress::Logs, 0), @r#"
    pip install -r requirements.txt │ Collecting requests==2.32.3
    pip install -r requirements.txt │ Collecting pytest==8.3.4
    pip install -r requirements.txt │ Collecting httpx==0.28.1
    pip install -r requirements.txt │ Installing collected packages
    warning: requirements.txt has no hashes
    pytest -q │ ........ [ 20%]
    pytest -q │ ........ [ 45%]
    pytest -q │ ........ [ 70%]
    pytest -q │ ........ [100%]
    pytest -q │ 32 passed in 1.9s
    test │ all good, says the module
    "#);
}

#[test]
fn json_is_every_event() {
    let text = show("nested", Progress::Json, -1);
    let events: Vec<String> = text.lines().map(str::to_owned).collect();
    assert_eq!(events.len(), recorded::run("nested").len());
    insta::assert_snapshot!(events.first().unwrap(), @r#"{"at":1700000000000000,"event":"span-started","span":1,"parent":null,"name":"start engine","kind":"phase"}"#);
}

#[test]
fn a_short_phase_leaves_no_trace() {
    let short = recorded::run("fail").into_iter().take(2).collect::<Vec<_>>();
    let out = testing::Shared::default();
    let mut frontend = new(Progress::Plain, 0, Box::new(out.clone()), false).unwrap();
    testing::play(frontend.as_mut(), &short).unwrap();
    frontend.finish().unwrap();
    assert_eq!(out.text(), "");
}
