//! Which Linux capabilities this machine can give away.
//!
//! Inside some virtual machines and containers a "privileged" container cannot start, because not even the Docker daemon has every capability. What is
//! missing is then left out by name.

/// Names by number, from `capability.h` of Linux, as Docker writes them.
const NAMES: [&str; 41] = [
    "CHOWN",
    "DAC_OVERRIDE",
    "DAC_READ_SEARCH",
    "FOWNER",
    "FSETID",
    "KILL",
    "SETGID",
    "SETUID",
    "SETPCAP",
    "LINUX_IMMUTABLE",
    "NET_BIND_SERVICE",
    "NET_BROADCAST",
    "NET_ADMIN",
    "NET_RAW",
    "IPC_LOCK",
    "IPC_OWNER",
    "SYS_MODULE",
    "SYS_RAWIO",
    "SYS_CHROOT",
    "SYS_PTRACE",
    "SYS_PACCT",
    "SYS_ADMIN",
    "SYS_BOOT",
    "SYS_NICE",
    "SYS_RESOURCE",
    "SYS_TIME",
    "SYS_TTY_CONFIG",
    "MKNOD",
    "LEASE",
    "AUDIT_WRITE",
    "AUDIT_CONTROL",
    "SETFCAP",
    "MAC_OVERRIDE",
    "MAC_ADMIN",
    "SYSLOG",
    "WAKE_ALARM",
    "BLOCK_SUSPEND",
    "AUDIT_READ",
    "PERFMON",
    "BPF",
    "CHECKPOINT_RESTORE",
];

/// Capabilities that processes of this machine cannot have, from the text of `/proc/self/status`.
pub(super) fn missing(status: &str) -> Vec<String> {
    let bounding = status.lines().find_map(|line| line.strip_prefix("CapBnd:"));
    let Some(set) = bounding.and_then(|hex| u64::from_str_radix(hex.trim(), 16).ok()) else {
        return Vec::new();
    };
    NAMES
        .iter()
        .enumerate()
        .filter(|(number, _)| set >> number & 1 == 0)
        .map(|(_, name)| (*name).to_owned())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::missing;

    #[test]
    fn the_bounding_set_is_read() {
        assert_eq!(missing("Name:\tx\nCapBnd:\t000001fffeffffff\n"), ["SYS_RESOURCE"]);
        assert!(missing("CapBnd:\t000001ffffffffff\n").is_empty());
        assert!(missing("nothing of the kind").is_empty());
    }
}
