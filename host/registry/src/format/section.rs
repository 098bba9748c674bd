//! A component's definition inside the component: a custom section at its end. Code that was compiled from source which was read, not run, cannot
//! describe itself; the section is its description, digested and signed with the code.

use super::description::Definition;
use super::error::FormatError;
use dockwright_schema::ModuleDef;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::path::Path;

/// Name of the section.
const NAME: &[u8] = b"dockwright:definition";
/// The largest definition that is read.
const LARGEST: u64 = 32 << 20;
/// The preamble of WebAssembly binaries: magic number, version, layer.
const PREAMBLE: u64 = 8;

/// The section, to be written after all others.
pub(crate) fn section(definition: &[u8]) -> Vec<u8> {
    let mut content = leb128(NAME.len() as u64);
    content.extend_from_slice(NAME);
    content.extend_from_slice(definition);
    let mut section = vec![0];
    section.extend(leb128(content.len() as u64));
    section.extend(content);
    section
}

/// The definition that a component carries, if it carries one.
///
/// # Errors
/// The file cannot be read, is no WebAssembly, or what it carries cannot be used.
pub fn embedded_definition(component: &Path) -> std::io::Result<Option<Result<ModuleDef, FormatError>>> {
    let content = find(&mut BufReader::new(fs_err::File::open(component)?))?;
    Ok(content.map(|bytes| Definition::parse(&bytes)))
}

/// Content of the section. Others are skipped, not read.
fn find<R: Read + Seek>(file: &mut BufReader<R>) -> std::io::Result<Option<Vec<u8>>> {
    let end = file.seek(SeekFrom::End(0))?;
    let mut at = PREAMBLE;
    file.seek(SeekFrom::Start(at))?;
    while at < end {
        let mut id = [0];
        file.read_exact(&mut id)?;
        let size = read_leb128(file)?;
        let start = file.stream_position()?;
        at = start.checked_add(size).filter(|next| *next <= end).ok_or_else(broken)?;
        if id == [0] && size <= LARGEST {
            let name = read_leb128(file)?;
            if name == NAME.len() as u64 {
                let mut found = [0; NAME.len()];
                file.read_exact(&mut found)?;
                if found == NAME {
                    let mut content = Vec::new();
                    let left = at.checked_sub(file.stream_position()?).ok_or_else(broken)?;
                    file.take(left).read_to_end(&mut content)?;
                    return Ok(Some(content));
                }
            }
        }
        file.seek(SeekFrom::Start(at))?;
    }
    Ok(None)
}

fn leb128(mut value: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    loop {
        let low = u8::try_from(value & 0x7f).unwrap_or_default();
        value >>= 7;
        if value == 0 {
            bytes.push(low);
            return bytes;
        }
        bytes.push(low | 0x80);
    }
}

fn read_leb128(file: &mut impl Read) -> std::io::Result<u64> {
    let mut value = 0;
    for shift in (0..35).step_by(7) {
        let mut byte = [0];
        file.read_exact(&mut byte)?;
        let [byte] = byte;
        value |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Ok(value);
        }
    }
    Err(broken())
}

fn broken() -> std::io::Error {
    std::io::Error::new(
        std::io::ErrorKind::InvalidData,
        "the component's sections make no sense",
    )
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]
    use super::*;
    use proptest::prelude::*;
    use std::io::Cursor;

    const EMPTY: &[u8] = b"\0asm\x0d\0\x01\0";

    fn found(bytes: Vec<u8>) -> std::io::Result<Option<Vec<u8>>> {
        find(&mut BufReader::new(Cursor::new(bytes)))
    }

    #[test]
    fn sections_are_found_among_others() {
        let other = [0, 3, 1, b'x', 7];
        let content = vec![b'd'; 300];
        let bytes = [EMPTY, &other, &[1, 2, 9, 9], &section(&content)].concat();
        assert_eq!(found(bytes).unwrap(), Some(content));
        assert_eq!(found([EMPTY, &other].concat()).unwrap(), None);
        assert_eq!(found(EMPTY.to_vec()).unwrap(), None);
        assert!(found([EMPTY, &[0, 200, 1, 0]].concat()).is_err());
    }

    proptest! {
        #[test]
        fn no_bytes_are_a_surprise(bytes in proptest::collection::vec(any::<u8>(), 0..64)) {
            let _result = found([EMPTY, &bytes].concat());
            let _result = found(bytes);
        }
    }
}
