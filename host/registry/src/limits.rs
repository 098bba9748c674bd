//! How large things from a registry may be. A module is a few MB; what is far beyond is a mistake or an attack.

/// Bounds of what is taken from a registry, in bytes unless said otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// A manifest.
    pub manifest: u64,
    /// A description or a definition.
    pub document: u64,
    /// All layers of an artifact together, as they travel.
    pub artifact: u64,
    /// One layer when it is unpacked.
    pub unpacked: u64,
    /// Files of one layer, a number.
    pub files: u64,
    /// Modules of one artifact, a number.
    pub modules: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            manifest: 4 << 20,
            document: 32 << 20,
            artifact: 1 << 30,
            unpacked: 2 << 30,
            files: 200_000,
            modules: 1000,
        }
    }
}

/// A size for people: `1.5 MB`.
pub fn human_size(bytes: u64) -> String {
    const UNITS: [&str; 4] = ["kB", "MB", "GB", "TB"];
    let mut value = bytes as f64;
    let mut unit = "bytes";
    for next in UNITS {
        if value < 999.5 {
            break;
        }
        value /= 1000.0;
        unit = next;
    }
    if unit == "bytes" {
        format!("{bytes} bytes")
    } else {
        format!("{value:.1} {unit}")
    }
}

#[cfg(test)]
mod tests {
    use super::human_size;

    #[test]
    fn sizes_are_short() {
        let sizes = [0, 999, 1000, 1_234_567, 2 << 30].map(human_size);
        assert_eq!(sizes, ["0 bytes", "999 bytes", "1.0 kB", "1.2 MB", "2.1 GB"]);
    }
}
