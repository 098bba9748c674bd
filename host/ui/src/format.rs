//! Durations, sizes and counts as users read them.

use crate::model::Moved;
use std::time::Duration;

/// Below this a duration says nothing worth reading.
pub(crate) const BRIEF: Duration = Duration::from_millis(100);

pub(crate) fn duration(duration: Duration) -> String {
    let seconds = duration.as_secs();
    match seconds {
        0 if duration < BRIEF => format!("{}ms", duration.as_millis()),
        0..60 => format!("{}.{}s", seconds, duration.subsec_millis() / 100),
        60..3600 => format!("{}m {:02}s", seconds / 60, seconds % 60),
        _ => format!("{}h {:02}m", seconds / 3600, seconds / 60 % 60),
    }
}

/// `12.4 MB / 80.0 MB`, `17 / 80 files`; only `80 files` at the end or when the end is not known.
pub(crate) fn moved(moved: &Moved) -> String {
    let Moved { current, total, unit } = moved;
    let total = total.as_ref().filter(|total| *total != current);
    match (unit.as_str(), total) {
        ("B", Some(total)) => format!("{} / {}", bytes(*current), bytes(*total)),
        ("B", None) => bytes(*current),
        (_, Some(total)) => format!("{current} / {total} {unit}"),
        (_, None) => format!("{current} {unit}"),
    }
}

/// Whole percents, when the end is known.
pub(crate) fn percent(moved: &Moved) -> Option<u64> {
    let total = moved.total.filter(|total| *total > 0)?;
    let percent = u128::from(moved.current.min(total)) * 100 / u128::from(total);
    u64::try_from(percent).ok()
}

/// `1 step`, `2 steps`.
pub(crate) fn count(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}

fn bytes(bytes: u64) -> String {
    let mut unit = "B";
    let mut tenths = u128::from(bytes) * 10;
    for larger in ["kB", "MB", "GB", "TB"] {
        if tenths < 10_000 {
            break;
        }
        tenths /= 1000;
        unit = larger;
    }
    match unit {
        "B" => format!("{bytes} B"),
        _ => format!("{}.{} {unit}", tenths / 10, tenths % 10),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations() {
        let shown = [0, 42, 99, 100, 4_190, 59_999, 60_000, 125_000, 3_725_000]
            .map(|millis| duration(Duration::from_millis(millis)));
        insta::assert_snapshot!(shown.join(", "), @"0ms, 42ms, 99ms, 0.1s, 4.1s, 59.9s, 1m 00s, 2m 05s, 1h 02m");
    }

    #[test]
    fn amounts() {
        let amount = |current, total, unit: &str| {
            let unit = unit.to_owned();
            moved(&Moved { current, total, unit })
        };
        let shown = [
            amount(999, None, "B"),
            amount(12_440_000, Some(80_000_000), "B"),
            amount(1_500_000_000, None, "B"),
            amount(17, Some(80), "files"),
            amount(17, None, "files"),
            amount(80, Some(80), "files"),
        ];
        insta::assert_snapshot!(shown.join(", "), @"999 B, 12.4 MB / 80.0 MB, 1.5 GB, 17 / 80 files, 17 files, 80 files");
    }

    #[test]
    fn percents_stay_within_bounds() {
        let percent = |current, total| {
            percent(&Moved {
                current,
                total,
                unit: String::new(),
            })
        };
        assert_eq!(percent(1, Some(3)), Some(33));
        assert_eq!(percent(u64::MAX, Some(3)), Some(100));
        assert_eq!(percent(1, Some(0)), None);
        assert_eq!(percent(1, None), None);
    }
}
