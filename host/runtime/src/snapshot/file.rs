//! The file of a snapshot: that of the runtime's native code, with another first content of the memory.
//!
//! wasmtime keeps the first content of a memory as a run of pages in the file and maps it from there. Where, is not asked but looked for: it is
//! where the file has what a fresh instance has. That the result starts as it should is checked by whoever makes it.

use super::make::SnapshotError;
use camino::Utf8Path;
use std::fs::File;
use std::os::unix::fs::FileExt;

const PAGE: usize = 4096;
/// The page to look for has at least this much in it.
const TELLING: usize = PAGE / 2;

/// Where the first content of the memory is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Image {
    /// Of the first page that is in the file, in the memory.
    page: usize,
    /// Of that page, in the file.
    offset: u64,
    pages: usize,
}

/// Copies the code of `base` to `to` with the memory `loaded` where the base has the memory `fresh`. Both have the same length.
pub(super) fn write(base: &Utf8Path, to: &Utf8Path, fresh: &[u8], loaded: &[u8]) -> Result<(), SnapshotError> {
    let code = fs_err::File::open(base)?;
    let image = find(code.file(), fresh)?.ok_or(SnapshotError::NoImage)?;
    fs_err::copy(base, to)?;
    let (file, _) = fs_err::OpenOptions::new().write(true).open(to)?.into_parts();
    let changed = pages(fresh).zip(pages(loaded)).enumerate();
    for (page, (_, content)) in changed.filter(|(_, (before, after))| before != after) {
        let within = page.checked_sub(image.page).filter(|within| *within < image.pages);
        let within = within.ok_or(SnapshotError::NoRoom)?;
        file.write_all_at(content, image.offset + (within * PAGE) as u64)?;
    }
    file.sync_all()?;
    Ok(())
}

fn pages(memory: &[u8]) -> std::slice::Iter<'_, [u8; PAGE]> {
    memory.as_chunks().0.iter()
}

/// The longest run of pages of the memory in the file.
fn find(file: &File, memory: &[u8]) -> std::io::Result<Option<Image>> {
    let nonzero = |page: &[u8; PAGE]| page.iter().filter(|byte| **byte != 0).count();
    let telling = pages(memory)
        .enumerate()
        .skip(memory.len() / PAGE / 2)
        .find(|(_, page)| nonzero(page) >= TELLING);
    let Some((number, telling)) = telling else {
        return Ok(None);
    };
    let mut best: Option<Image> = None;
    let mut block = vec![0; 256 * PAGE];
    let mut offset = 0;
    loop {
        let count = read(file, &mut block, offset)?;
        if count < PAGE {
            return Ok(best);
        }
        let found = pages(block.get(..count).unwrap_or_default()).enumerate();
        for (index, _) in found.filter(|(_, page)| *page == telling) {
            let image = extent(file, memory, number, offset + (index * PAGE) as u64)?;
            if best.is_none_or(|best| image.pages > best.pages) {
                best = Some(image);
            }
        }
        offset += (count / PAGE * PAGE) as u64;
    }
}

/// How far file and memory agree in both directions from a page that they share.
fn extent(file: &File, memory: &[u8], number: usize, offset: u64) -> std::io::Result<Image> {
    let mut page = vec![0; PAGE];
    let mut agrees = |number: usize, offset: u64| -> std::io::Result<bool> {
        let Some(wanted) = pages(memory).nth(number) else {
            return Ok(false);
        };
        Ok(read(file, &mut page, offset)? == PAGE && page == wanted)
    };
    let (mut first, mut begin) = (number, offset);
    while let (Some(before), Some(place)) = (first.checked_sub(1), begin.checked_sub(PAGE as u64))
        && agrees(before, place)?
    {
        (first, begin) = (before, place);
    }
    let (mut after, mut end) = (number, offset);
    while agrees(after, end)? {
        after += 1;
        end += PAGE as u64;
    }
    Ok(Image {
        page: first,
        offset: begin,
        pages: after - first,
    })
}

/// As much as there is.
fn read(file: &File, buffer: &mut [u8], offset: u64) -> std::io::Result<usize> {
    let mut done = 0;
    while let Some(rest) = buffer.get_mut(done..).filter(|rest| !rest.is_empty()) {
        match file.read_at(rest, offset + done as u64)? {
            0 => break,
            count => done += count,
        }
    }
    Ok(done)
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::unwrap_used,
        clippy::indexing_slicing,
        reason = "tests stop at the first surprise"
    )]

    use super::*;

    /// A memory of ten pages, of which the third to the eighth are in a file that has other things before and after.
    fn sample(folder: &Utf8Path) -> (camino::Utf8PathBuf, Vec<u8>) {
        let mut memory = vec![0; 10 * PAGE];
        for (index, byte) in memory[2 * PAGE..8 * PAGE].iter_mut().enumerate() {
            *byte = u8::try_from(index * 7 % 251 + 1).unwrap();
        }
        let mut bytes = vec![9; 3 * PAGE];
        bytes.extend(&memory[2 * PAGE..8 * PAGE]);
        bytes.extend(vec![8; PAGE + 100]);
        let path = folder.join("base");
        std::fs::write(&path, bytes).unwrap();
        (path, memory)
    }

    #[test]
    fn the_image_is_found_and_replaced_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let folder = Utf8Path::from_path(folder.path()).unwrap();
        let (base, fresh) = sample(folder);
        let image = find(&File::open(&base).unwrap(), &fresh).unwrap();
        let expected = Image {
            page: 2,
            offset: 3 * PAGE as u64,
            pages: 6,
        };
        assert_eq!(image, Some(expected));
        let mut loaded = fresh.clone();
        loaded[4 * PAGE + 5] = 0;
        let to = folder.join("to");
        write(&base, &to, &fresh, &loaded).unwrap();
        let (before, after) = (std::fs::read(&base).unwrap(), std::fs::read(&to).unwrap());
        let differing: Vec<usize> = (0..before.len())
            .filter(|index| before[*index] != after[*index])
            .collect();
        assert_eq!((before.len(), differing), (after.len(), vec![5 * PAGE + 5]));
    }

    #[test]
    fn what_lies_outside_has_no_place() {
        let folder = tempfile::tempdir().unwrap();
        let folder = Utf8Path::from_path(folder.path()).unwrap();
        let (base, fresh) = sample(folder);
        let mut loaded = fresh.clone();
        loaded[9 * PAGE] = 1;
        let refused = write(&base, &folder.join("to"), &fresh, &loaded).unwrap_err();
        assert!(matches!(refused, SnapshotError::NoRoom), "{refused}");
        let other = vec![3; 10 * PAGE];
        let refused = write(&base, &folder.join("to"), &other, &other).unwrap_err();
        assert!(matches!(refused, SnapshotError::NoImage), "{refused}");
    }
}
