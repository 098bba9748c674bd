//! Reports of the Go runtime, as it writes them, and what users are told of them.

#![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use super::*;

fn words(messages: &[&str]) -> LastWords {
    let mut words = LastWords::default();
    for message in messages {
        assert!(words.take(message), "{message}");
    }
    words
}

fn error(messages: &[&str]) -> String {
    let failure = Failure::from(words(messages).error(&Limits::default()).unwrap());
    let at = failure
        .location
        .map(|at| format!(" at {}:{}", at.file, at.line))
        .unwrap_or_default();
    format!(
        "{}: {}{at}\n{}",
        failure.kind,
        failure.message,
        failure.trace.unwrap_or_default()
    )
}

fn told(report: &str) -> String {
    let pieces: Vec<String> = report
        .split_inclusive(' ')
        .map(|piece| format!("go: report {piece}"))
        .collect();
    error(&pieces.iter().map(String::as_str).collect::<Vec<_>>())
}

#[test]
fn a_panic_in_a_goroutine() {
    let said = "panic: boom\n\ngoroutine 7 [running]:\nmain.helper(...)\n\tdagger/faults/helper.go:7\nfmt.Sprint({0x1, 0x2})\n\tfmt/print.go:1 +0x2\nmain.(*Faults).Other.func1()\n\tdagger/faults/main.go:12 +0x2\ncreated by main.(*Faults).Other in goroutine 1\n\tdagger/faults/main.go:10 +0x5\n";
    insta::assert_snapshot!(told(said), @r"
    panic: boom at helper.go:7
    main.helper
    	helper.go:7
    main.(*Faults).Other.func1
    	main.go:12
    main.(*Faults).Other
    	main.go:10
    ");
}

#[test]
fn signals_and_own_packages() {
    let said = "panic: runtime error: invalid memory address or nil pointer dereference\n[signal 0xb code=0x0 addr=0x0 pc=0x0]\n\ngoroutine 8 [running]:\ndagger/faults/internal/work.Do(0x0)\n\tdagger/faults/internal/work/do.go:3 +0x1\ncreated by dagger/faults/internal/work.Start in goroutine 1\n\tdagger/faults/internal/work/do.go:9 +0x1\n\ngoroutine 1 [runnable]:\nmain.dockwrightInvoke()\n\tdagger/faults/dagger.gen.go:20 +0x1\n";
    insta::assert_snapshot!(told(said), @r"
    panic: runtime error: invalid memory address or nil pointer dereference at internal/work/do.go:3
    dagger/faults/internal/work.Do
    	internal/work/do.go:3
    dagger/faults/internal/work.Start
    	internal/work/do.go:9
    ");
}

#[test]
fn a_deadlock() {
    let said = "fatal error: all goroutines are asleep - deadlock!\n\ngoroutine 1 [chan receive]:\nmain.(*Faults).Never(0x1)\n\tdagger/faults/main.go:20 +0x2\nmain.dockwrightRun({0x1, 0x2})\n\tdagger/faults/dagger.gen.go:9 +0x5\ndagger/faults/internal/dagger/dispatch.Invoke(0x3)\n\tdagger/faults/internal/dagger/dispatch/call.go:80 +0x5\n";
    insta::assert_snapshot!(told(said), @r"
    deadlock: all goroutines are asleep - deadlock! The function waits (chan receive), and nothing is running that it could wait for at main.go:20
    main.(*Faults).Never
    	main.go:20
    ");
}

#[test]
fn exhausted_memory() {
    let said = "runtime: out of memory: cannot allocate 1073741824-byte block (4194304 in use)\nfatal error: out of memory\n\ngoroutine 1 [running]:\nruntime.throw({0x1, 0x2})\n\truntime/panic.go:1094 +0x3\nmain.(*Faults).Big(0x1)\n\tdagger/faults/main.go:30 +0x2\n";
    insta::assert_snapshot!(told(said), @r"
    memory: the module's code needs more than 1 GiB of memory; handle large data in containers or as Directory and File at main.go:30
    main.(*Faults).Big
    	main.go:30
    ");
}

#[test]
fn a_stack_that_fills_the_memory() {
    let said = "fatal error: out of memory\n\ngoroutine 1 [running]:\nmain.(*Faults).Deep(0x1)\n\tdagger/faults/main.go:30 +0x2\nmain.(*Faults).Deep(0x1)\n\tdagger/faults/main.go:30 +0x2\n...additional frames elided...\n";
    insta::assert_snapshot!(told(said), @r"
    trap: the module's code recursed too deeply: its stack is full (does a function call itself without end?) at main.go:30
    main.(*Faults).Deep
    	main.go:30
    ");
}

#[test]
fn a_program_that_ends_itself() {
    insta::assert_snapshot!(
        error(&["go: exit status 1\nstarting\n2026/01/01 no configuration\n"]),
        @"exit: the function ended its program with status 1 after it printed `2026/01/01 no configuration`; instead of os.Exit or log.Fatal, return an error"
    );
    insta::assert_snapshot!(
        error(&["go: exit status 0\n"]),
        @"exit: the function ended its program with status 0; instead of os.Exit or log.Fatal, return an error"
    );
}

#[test]
fn other_messages_are_left_alone() {
    let mut words = LastWords::default();
    assert!(!words.take("panic: x"));
    assert!(words.error(&Limits::default()).is_none());
    assert!(words.take("go: report panic: "));
    assert!(words.take("go: report only a word\n"));
    assert_eq!(words.printed(), "panic: only a word\n");
}
