//! A tar archive with one small file, which is how Docker takes files into a container that does not run yet, also on another machine.

/// Where BuildKit looks for its configuration.
const PATH: &[u8] = b"etc/buildkit/buildkitd.toml";
const BLOCK: usize = 512;

/// The archive, in the ustar form of POSIX.1-1988.
pub(super) fn archive(config: &[u8]) -> Vec<u8> {
    let size = format!("{:011o}\0", config.len());
    let mut header = [0u8; BLOCK];
    put(&mut header, 0, PATH);
    put(&mut header, 100, b"0000644\0");
    put(&mut header, 108, b"0000000\0");
    put(&mut header, 116, b"0000000\0");
    put(&mut header, 124, size.as_bytes());
    put(&mut header, 136, b"00000000000\0");
    put(&mut header, 148, b"        ");
    put(&mut header, 156, b"0");
    put(&mut header, 257, b"ustar\x0000");
    let sum: u32 = header.iter().map(|byte| u32::from(*byte)).sum();
    put(&mut header, 148, format!("{sum:06o}\0 ").as_bytes());
    let mut archive = header.to_vec();
    archive.extend_from_slice(config);
    // To the end of the block, and two empty blocks.
    archive.resize(archive.len().next_multiple_of(BLOCK) + 2 * BLOCK, 0);
    archive
}

fn put(header: &mut [u8], offset: usize, bytes: &[u8]) {
    for (slot, byte) in header.iter_mut().skip(offset).zip(bytes) {
        *slot = *byte;
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]
    use super::archive;
    use std::process::Command;

    #[test]
    fn tar_can_read_it() {
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join("x.tar");
        std::fs::write(&file, archive(b"debug = true\n")).unwrap();
        let Ok(output) = Command::new("tar")
            .arg("xf")
            .arg(&file)
            .arg("-C")
            .arg(directory.path())
            .output()
        else {
            println!("skipped: there is no tar on this machine");
            return;
        };
        assert!(output.status.success(), "{output:?}");
        assert_eq!(
            std::fs::read_to_string(directory.path().join("etc/buildkit/buildkitd.toml")).unwrap(),
            "debug = true\n"
        );
    }
}
