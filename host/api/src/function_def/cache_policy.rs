//! How long results of a function may be kept: whether what a client says of it makes sense.

use crate::error::ApiError;
use std::time::Duration;

/// Checks a policy with its time.
pub(super) fn check(policy: &str, time_to_live: Option<&str>) -> Result<(), ApiError> {
    match (policy, time_to_live.filter(|text| !text.is_empty())) {
        (_, None) => Ok(()),
        ("Default", Some(text)) => check_time(text),
        (policy, Some(text)) => Err(ApiError::other(format!(
            "a time to live (`{text}`) goes with the policy Default, not with {policy}"
        ))),
    }
}

const SHORTEST: Duration = Duration::from_secs(1);
const LONGEST: Duration = Duration::from_secs(7 * 24 * 3600);

fn check_time(text: &str) -> Result<(), ApiError> {
    match duration(text) {
        Some(time) if (SHORTEST..=LONGEST).contains(&time) => Ok(()),
        Some(_) => Err(ApiError::other(format!(
            "time to live `{text}`: it should be between one second and seven days"
        ))),
        None => Err(ApiError::other(format!(
            "time to live `{text}` is no time; write it as in `90s`, `10m` or `1h30m`"
        ))),
    }
}

/// A time as Go writes it: numbers with units, one after the other.
fn duration(text: &str) -> Option<Duration> {
    let mut rest = text;
    let mut total = Duration::ZERO;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let (number, after) = rest.split_at(digits);
        let end = after
            .find(|c: char| c.is_ascii_digit() || c == '.')
            .unwrap_or(after.len());
        let (unit, next) = after.split_at(end);
        let seconds = match unit {
            "ns" => 1e-9,
            "us" | "µs" => 1e-6,
            "ms" => 1e-3,
            "s" => 1.0,
            "m" => 60.0,
            "h" => 3600.0,
            _ => return None,
        };
        let part = Duration::try_from_secs_f64(number.parse::<f64>().ok()? * seconds).ok()?;
        total = total.checked_add(part)?;
        rest = next;
    }
    (!text.is_empty()).then_some(total)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]
    use super::*;

    #[test]
    fn times_are_read_as_go_writes_them() {
        assert_eq!(duration("1h30m"), Some(Duration::from_secs(5400)));
        assert_eq!(duration("1.5s"), Some(Duration::from_millis(1500)));
        for wrong in ["", "10", "s", "1d", "x"] {
            assert_eq!(duration(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_time_goes_with_the_default_policy_alone() {
        let told = |policy, time| check(policy, time).map_err(|error| error.to_string());
        assert_eq!(told("Default", Some("10m")), Ok(()));
        assert_eq!(told("Never", None), Ok(()));
        assert_eq!(
            told("Never", Some("10m")).unwrap_err(),
            "a time to live (`10m`) goes with the policy Default, not with Never"
        );
        assert_eq!(
            told("Default", Some("200h")).unwrap_err(),
            "time to live `200h`: it should be between one second and seven days"
        );
        assert_eq!(
            told("Default", Some("soon")).unwrap_err(),
            "time to live `soon` is no time; write it as in `90s`, `10m` or `1h30m`"
        );
    }
}
