//! How long results of a function may be kept.

use crate::error::ApiError;
use std::time::Duration;

/// How long results of a function may be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum CachePolicy {
    /// Until its inputs change, or for that time, as it was written.
    Default(Option<String>),
    /// Within the session.
    PerSession,
    /// It is called each time.
    Never,
}

impl CachePolicy {
    /// The policy with its time.
    pub(crate) fn new(policy: &str, time_to_live: Option<&str>) -> Result<CachePolicy, ApiError> {
        let time_to_live = time_to_live.filter(|text| !text.is_empty());
        if let Some(text) = time_to_live
            && policy != "Default"
        {
            return Err(ApiError::other(format!(
                "a time to live (`{text}`) goes with the policy Default, not with {policy}"
            )));
        }
        match policy {
            "Default" => {
                time_to_live.map(check).transpose()?;
                Ok(CachePolicy::Default(time_to_live.map(str::to_owned)))
            }
            "PerSession" => Ok(CachePolicy::PerSession),
            "Never" => Ok(CachePolicy::Never),
            other => Err(ApiError::other(format!("`{other}` is no policy of function results"))),
        }
    }

    /// What an annotation of a module says: `never`, `session` or a time.
    pub(crate) fn of_annotation(text: &str) -> CachePolicy {
        match text {
            "never" => CachePolicy::Never,
            "session" => CachePolicy::PerSession,
            time => CachePolicy::Default(Some(time.to_owned()).filter(|time| !time.is_empty())),
        }
    }
}

const SHORTEST: Duration = Duration::from_secs(1);
const LONGEST: Duration = Duration::from_secs(7 * 24 * 3600);

fn check(text: &str) -> Result<(), ApiError> {
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
        let told = |policy, time| CachePolicy::new(policy, time).map_err(|error| error.to_string());
        assert_eq!(
            told("Default", Some("10m")),
            Ok(CachePolicy::Default(Some("10m".to_owned())))
        );
        assert_eq!(told("Never", None), Ok(CachePolicy::Never));
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
