//! Greetings and small sums, computed in the module itself, and one container.

mod module;

use module::{Call, Error, Module, Type, argument, query};
use serde_json::{Value, json};

/// What the module offers.
fn module() -> Module {
    Module::new("Hello", "Greetings and small sums, computed in the module itself.")
        .function("hello", "Greet someone.", Type::String, hello)
        .with(argument("name", "Whom to greet", Type::String).or("world"))
        .function("shout", "Repeat a text in capitals.", Type::String, shout)
        .with(argument("text", "What to shout", Type::String))
        .with(argument("times", "How often", Type::Integer).or(1))
        .function("words", "Split a text at its white space.", Type::list(Type::String), words)
        .with(argument("text", "The text to split", Type::String))
        .function("add", "Add two numbers.", Type::Integer, add)
        .with(argument("a", "First number", Type::Integer))
        .with(argument("b", "Second number", Type::Integer))
        .function("statistics", "Describe a list of numbers.", Type::object("Statistics"), statistics)
        .with(argument("numbers", "The numbers, at least one", Type::list(Type::Float)))
        .function("containerEcho", "A container that prints the text.", Type::object("Container"), container_echo)
        .with(argument("text", "What to print", Type::String))
        .object("Statistics", "Figures about a list of numbers.")
        .field("count", "How many numbers there are", Type::Integer)
        .field("total", "Their sum", Type::Float)
        .field("mean", "Their arithmetic mean", Type::Float)
}

fn hello(call: &Call) -> Result<Value, Error> {
    Ok(json!(format!("Hello, {}!", call.text("name")?)))
}

fn shout(call: &Call) -> Result<Value, Error> {
    let (text, times) = (call.text("text")?.to_uppercase(), call.integer("times")?);
    match usize::try_from(times) {
        Ok(times @ 1..) => Ok(json!(vec![format!("{text}!"); times].join(" "))),
        _ => Err(Error::new("ValueError", format!("times must be at least 1: {times}"))),
    }
}

fn words(call: &Call) -> Result<Value, Error> {
    Ok(json!(call.text("text")?.split_whitespace().collect::<Vec<_>>()))
}

fn add(call: &Call) -> Result<Value, Error> {
    let sum = call.integer("a")?.checked_add(call.integer("b")?);
    sum.map(Value::from).ok_or_else(|| Error::new("OverflowError", "the sum is too large"))
}

fn statistics(call: &Call) -> Result<Value, Error> {
    let numbers: Vec<f64> = call.value("numbers").as_array().into_iter().flatten().filter_map(Value::as_f64).collect();
    if numbers.is_empty() {
        return Err(Error::new("ValueError", "there is no mean of no numbers"));
    }
    let total: f64 = numbers.iter().sum();
    Ok(json!({"count": numbers.len(), "total": total, "mean": total / numbers.len() as f64}))
}

fn container_echo(call: &Call) -> Result<Value, Error> {
    let command = json!(["echo", call.text("text")?]);
    let document =
        format!(r#"{{ container {{ from(address: "alpine:latest") {{ withExec(args: {command}) {{ id }} }} }} }}"#);
    Ok(query(&document)?["container"]["from"]["withExec"]["id"].clone())
}
