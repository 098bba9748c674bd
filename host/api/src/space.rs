//! Amounts of disk space as users write them: `10GB`, `512 MiB`, `1073741824`.

use crate::arguments::Arguments;
use crate::error::ApiError;

/// Bytes that an argument says; none when it is left out.
pub(crate) fn argument(arguments: Arguments<'_>, name: &str) -> Result<Option<i64>, ApiError> {
    let Some(text) = arguments.non_empty_text(name) else {
        return Ok(None);
    };
    if text.trim_end().ends_with('%') {
        return Err(ApiError::other(format!(
            "argument `{name}`: `{text}` is a share of the engine's disk, and only the engine's own configuration can name one; write an amount, such as 10GB"
        )));
    }
    parse(text).map(Some).ok_or_else(|| {
        ApiError::other(format!(
            "argument `{name}`: `{text}` is no amount of space; write 10GB or 512MB"
        ))
    })
}

/// Units are powers of 1024, as in the engine's own configuration.
fn parse(text: &str) -> Option<i64> {
    let text = text.trim();
    let end = text
        .find(|c: char| !c.is_ascii_digit() && c != '.')
        .unwrap_or(text.len());
    let (number, unit) = text.split_at(end);
    let shift = match unit.trim().to_ascii_lowercase().as_str() {
        "" | "b" => 0,
        "k" | "kb" | "kib" => 10,
        "m" | "mb" | "mib" => 20,
        "g" | "gb" | "gib" => 30,
        "t" | "tb" | "tib" => 40,
        _ => return None,
    };
    let (whole, fraction) = number.split_once('.').unwrap_or((number, "0"));
    let whole = whole.parse::<i64>().ok()?.checked_mul(1 << shift)?;
    let digits = u32::try_from(fraction.len()).ok().filter(|digits| *digits < 10)?;
    let part = i128::from(fraction.parse::<i64>().ok()?) * (1_i128 << shift) / i128::from(10_i64.pow(digits));
    whole.checked_add(i64::try_from(part).ok()?)
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn amounts() {
        for (text, bytes) in [
            ("0", 0),
            ("1024", 1024),
            ("10GB", 10 << 30),
            ("1.5 GiB", 3 << 29),
            ("7kb", 7 << 10),
            ("2T", 2 << 40),
        ] {
            assert_eq!(parse(text), Some(bytes), "{text}");
        }
        for wrong in ["", "GB", "-1", "1.2.3", "10 parsecs", "99999999999TB", "1.", "0x10"] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
    }
}
