//! The file of a snapshot: that of the runtime's native code, with another first content of the memory.
//!
//! wasmtime keeps the first content of a memory as a run of pages in the file and maps it from there. Where, is not asked but looked for: it is
//! where the file has what a fresh instance has. That the result starts as it should is checked by whoever makes it.
//!
//! Files go through a small buffer; of a memory only the mapping is looked at.

use super::error::SnapshotError;
use camino::Utf8Path;
use std::fs::File;
use std::os::unix::fs::FileExt;

const PAGE: usize = 4096;
/// How much of a file is in memory at a time.
const BLOCK: usize = 64 * PAGE;
/// The page to look for has at least this much in it.
const TELLING: usize = PAGE / 2;
const ZEROS: &[u8; PAGE] = &[0; PAGE];

/// Where the first content of the memory is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Image {
    /// Of the first page that is in the file, in the memory.
    page: usize,
    /// Of that page, in the file.
    offset: u64,
    pages: usize,
}

impl Image {
    /// Finds it in the code that an instance with the memory `fresh` has started from: the longest run of pages that both have. The rest of that
    /// memory is empty.
    pub(super) fn find(code: &Utf8Path, fresh: &[u8]) -> Result<Image, SnapshotError> {
        let (file, _) = fs_err::File::open(code)?.into_parts();
        let image = find(&file, fresh)?.ok_or(SnapshotError::NoImage)?;
        image
            .surroundings(fresh)
            .all(|page| page == ZEROS)
            .then_some(image)
            .ok_or(SnapshotError::NoImage)
    }

    /// Copies the code of `base` to `to` with the memory `loaded` in the place of the image. Pages without content take no room on the disk.
    pub(super) fn replace(&self, base: &Utf8Path, to: &Utf8Path, loaded: &[u8]) -> Result<(), SnapshotError> {
        if self.surroundings(loaded).any(|page| page != ZEROS) {
            return Err(SnapshotError::NoRoom);
        }
        let (code, _) = fs_err::File::open(base)?.into_parts();
        let (file, _) = fs_err::File::create(to)?.into_parts();
        file.set_len(code.metadata()?.len())?;
        let mut block = vec![0; BLOCK];
        let mut offset = 0;
        loop {
            let count = read(&code, &mut block, offset)?;
            for (index, before) in block.get(..count).unwrap_or_default().chunks(PAGE).enumerate() {
                let place = offset + (index * PAGE) as u64;
                let content = self.in_memory(place, loaded).unwrap_or(before);
                if content.iter().any(|byte| *byte != 0) {
                    file.write_all_at(content, place)?;
                }
            }
            if count < BLOCK {
                break;
            }
            offset += BLOCK as u64;
        }
        file.sync_all()?;
        Ok(())
    }

    /// Whether the memory is what the code has in this place, and empty otherwise.
    pub(super) fn is_of(&self, code: &Utf8Path, memory: &[u8]) -> std::io::Result<bool> {
        let (file, _) = fs_err::File::open(code)?.into_parts();
        let mut block = vec![0; BLOCK];
        let mut offset = self.offset;
        let mut image = pages(memory).skip(self.page).take(self.pages);
        while image.len() > 0 {
            let count = read(&file, &mut block, offset)?;
            if count < PAGE {
                return Ok(false);
            }
            if !pages(block.get(..count).unwrap_or_default())
                .zip(image.by_ref())
                .all(|(stored, page)| stored == page)
            {
                return Ok(false);
            }
            offset += (count / PAGE * PAGE) as u64;
        }
        Ok(self.surroundings(memory).all(|page| page == ZEROS))
    }

    /// What the memory has for this place in the file.
    fn in_memory<'m>(&self, offset: u64, memory: &'m [u8]) -> Option<&'m [u8]> {
        let within = usize::try_from(offset.checked_sub(self.offset)?).ok()? / PAGE;
        let page = pages(memory).nth(self.page + Some(within).filter(|within| *within < self.pages)?)?;
        Some(page)
    }

    /// The pages of the memory that are not in the file.
    fn surroundings<'m>(&self, memory: &'m [u8]) -> impl Iterator<Item = &'m [u8; PAGE]> {
        pages(memory)
            .take(self.page)
            .chain(pages(memory).skip(self.page + self.pages))
    }
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
    let mut block = vec![0; BLOCK];
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
    use std::os::unix::fs::MetadataExt;

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
        let image = Image::find(&base, &fresh).unwrap();
        let expected = Image {
            page: 2,
            offset: 3 * PAGE as u64,
            pages: 6,
        };
        assert_eq!(image, expected);
        let mut loaded = fresh.clone();
        loaded[4 * PAGE + 5] = 0;
        let to = folder.join("to");
        image.replace(&base, &to, &loaded).unwrap();
        let (before, after) = (std::fs::read(&base).unwrap(), std::fs::read(&to).unwrap());
        let differing: Vec<usize> = (0..before.len())
            .filter(|index| before[*index] != after[*index])
            .collect();
        assert_eq!((before.len(), differing), (after.len(), vec![5 * PAGE + 5]));
        assert!(image.is_of(&to, &loaded).unwrap());
        assert!(image.is_of(&base, &fresh).unwrap());
        assert!(!image.is_of(&to, &fresh).unwrap());
        loaded[9 * PAGE] = 1;
        assert!(!image.is_of(&to, &loaded).unwrap(), "more than the file has");
    }

    #[test]
    fn empty_pages_take_no_room() {
        let folder = tempfile::tempdir().unwrap();
        let folder = Utf8Path::from_path(folder.path()).unwrap();
        let (base, fresh) = sample(folder);
        let image = Image::find(&base, &fresh).unwrap();
        let mut loaded = fresh.clone();
        loaded[3 * PAGE..8 * PAGE].fill(0);
        let to = folder.join("to");
        image.replace(&base, &to, &loaded).unwrap();
        let blocks = |path| std::fs::metadata(path).unwrap().blocks();
        assert!(blocks(&to) < blocks(&base));
        assert!(image.is_of(&to, &loaded).unwrap());
        let length = |path| std::fs::metadata(path).unwrap().len();
        assert_eq!(length(&to), length(&base));
    }

    #[test]
    fn what_lies_outside_has_no_place() {
        let folder = tempfile::tempdir().unwrap();
        let folder = Utf8Path::from_path(folder.path()).unwrap();
        let (base, fresh) = sample(folder);
        let image = Image::find(&base, &fresh).unwrap();
        let mut loaded = fresh.clone();
        loaded[9 * PAGE] = 1;
        let refused = image.replace(&base, &folder.join("to"), &loaded).unwrap_err();
        assert!(matches!(refused, SnapshotError::NoRoom), "{refused}");
        for other in [vec![3; 10 * PAGE], loaded] {
            let refused = Image::find(&base, &other).unwrap_err();
            assert!(matches!(refused, SnapshotError::NoImage), "{refused}");
        }
    }
}
