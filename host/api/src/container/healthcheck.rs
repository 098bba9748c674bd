//! Docker's health check of the image.

use super::state::Container;
use crate::arguments::Arguments;
use crate::error::ApiError;
use dockwright_engine::HealthConfig;
use serde_json::{Value, json};

/// The container with the health check that the arguments describe.
pub(super) fn with(mut container: Container, arguments: Arguments<'_>) -> Result<Container, ApiError> {
    let given = arguments.texts("args");
    let test = if arguments.flag("shell") {
        vec!["CMD-SHELL".to_owned(), given.join(" ")]
    } else {
        std::iter::once("CMD".to_owned()).chain(given).collect()
    };
    let time = |name: &str| match arguments.non_empty_text(name) {
        Some(text) => nanoseconds(text).map(Some).ok_or_else(|| {
            ApiError::other(format!(
                "argument `{name}`: `{text}` is no length of time; write it as `30s`, `1m30s` or `500ms`"
            ))
        }),
        None => Ok(None),
    };
    container.config.config.healthcheck = Some(HealthConfig {
        test,
        interval: time("interval")?,
        timeout: time("timeout")?,
        start_period: time("startPeriod")?,
        start_interval: time("startInterval")?,
        retries: arguments.optional_integer("retries"),
    });
    Ok(container)
}

/// The fields of a `HealthcheckConfig`; none without a health check.
pub(super) fn fields(container: &Container) -> Option<Value> {
    let check = container.config.config.healthcheck.as_ref()?;
    let (form, args) = check.test.split_first()?;
    let time = |nanoseconds: Option<i64>| shown(nanoseconds.unwrap_or_default());
    Some(json!({
        "args": if form == "NONE" { &[][..] } else { args },
        "shell": form == "CMD-SHELL",
        "interval": time(check.interval),
        "timeout": time(check.timeout),
        "startPeriod": time(check.start_period),
        "startInterval": time(check.start_interval),
        "retries": check.retries.unwrap_or_default(),
    }))
}

const UNITS: &[(&str, i64)] = &[
    ("ns", 1),
    ("us", 1_000),
    ("µs", 1_000),
    ("ms", 1_000_000),
    ("s", 1_000_000_000),
    ("m", 60_000_000_000),
    ("h", 3_600_000_000_000),
];

/// A length of time in Go's form.
fn nanoseconds(text: &str) -> Option<i64> {
    let mut total = 0_i64;
    let mut rest = text;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let (number, after) = rest.split_at(digits);
        if !number.contains(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let end = after
            .find(|c: char| c.is_ascii_digit() || c == '.')
            .unwrap_or(after.len());
        let (unit, after) = after.split_at(end);
        let (_, factor) = UNITS.iter().find(|(name, _)| *name == unit)?;
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        let whole: i64 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
        total = total.checked_add(whole.checked_mul(*factor)?)?;
        let mut place = *factor;
        for digit in fraction.chars() {
            place /= 10;
            total = total.checked_add(i64::from(digit.to_digit(10)?) * place)?;
        }
        rest = after;
    }
    (!text.is_empty()).then_some(total)
}

/// The length of time in Go's form; nothing for none.
fn shown(nanoseconds: i64) -> String {
    if nanoseconds == 0 {
        return String::new();
    }
    let (hours, rest) = (nanoseconds / 3_600_000_000_000, nanoseconds % 3_600_000_000_000);
    let (minutes, rest) = (rest / 60_000_000_000, rest % 60_000_000_000);
    if nanoseconds < 1_000_000_000 {
        let (number, unit) = match nanoseconds {
            n if n < 1_000 => (decimal(n, 1), "ns"),
            n if n < 1_000_000 => (decimal(n, 1_000), "µs"),
            n => (decimal(n, 1_000_000), "ms"),
        };
        return format!("{number}{unit}");
    }
    let mut text = String::new();
    if hours > 0 {
        text.push_str(&format!("{hours}h"));
    }
    if hours > 0 || minutes > 0 {
        text.push_str(&format!("{minutes}m"));
    }
    text.push_str(&format!("{}s", decimal(rest, 1_000_000_000)));
    text
}

fn decimal(value: i64, unit: i64) -> String {
    let (whole, fraction) = (value / unit, value % unit);
    if fraction == 0 {
        return whole.to_string();
    }
    let width = unit.to_string().len() - 1;
    format!("{whole}.{}", format!("{fraction:0width$}").trim_end_matches('0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_and_written_as_go_does() {
        for (text, value) in [
            ("30s", 30_000_000_000),
            ("1m30s", 90_000_000_000),
            ("1h0m0.5s", 3_600_500_000_000),
            ("1.5ms", 1_500_000),
            ("7ns", 7),
        ] {
            assert_eq!(nanoseconds(text), Some(value), "{text}");
            assert_eq!(shown(value), text);
        }
        for text in ["", "30", "s", "1x", "1..5s", "99999999999h"] {
            assert_eq!(nanoseconds(text), None, "{text}");
        }
    }
}
