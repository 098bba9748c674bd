//! Which of some tags names the latest version.

/// The tag of the highest version `v1.2.3` or `1.2.3`; those before a release (`-rc1`) only where there is no release.
pub(super) fn latest(tags: &[String]) -> Option<&String> {
    let versions = tags.iter().filter_map(|tag| Some((parse(tag)?, tag)));
    versions
        .max_by(|(one, _), (other, _)| one.cmp(other))
        .map(|(_, tag)| tag)
}

/// Release before pre-release, then the numbers, then the parts of the pre-release.
type Key = (bool, [u64; 3], Vec<(bool, u64, String)>);

fn parse(tag: &str) -> Option<Key> {
    let text = tag.strip_prefix('v').unwrap_or(tag);
    let text = text.split('+').next().unwrap_or(text);
    let (numbers, before) = match text.split_once('-') {
        Some((numbers, before)) => (numbers, Some(before)),
        None => (text, None),
    };
    let mut parts = numbers.split('.');
    let mut version = [0u64; 3];
    for slot in &mut version {
        *slot = parts.next()?.parse().ok()?;
    }
    if parts.next().is_some() {
        return None;
    }
    let before = before.map(|before| {
        let part = |part: &str| match part.parse() {
            Ok(number) => (false, number, String::new()),
            Err(_) => (true, 0, part.to_owned()),
        };
        before.split('.').map(part).collect::<Vec<_>>()
    });
    Some((before.is_none(), version, before.unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::latest;

    #[test]
    fn versions_are_ordered_by_number() {
        let of = |tags: &[&str]| latest(&tags.iter().map(|tag| (*tag).to_owned()).collect::<Vec<_>>()).cloned();
        assert_eq!(
            of(&["v1.9.0", "v1.10.0", "v2.0.0-rc1", "next"]).as_deref(),
            Some("v1.10.0")
        );
        assert_eq!(
            of(&["0.1.0-a", "0.1.0-a.2", "0.1.0-a.10"]).as_deref(),
            Some("0.1.0-a.10")
        );
        assert_eq!(of(&["v1", "v1.2", "1.2.3.4", "x"]), None);
    }
}
