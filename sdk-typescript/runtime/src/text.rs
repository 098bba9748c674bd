//! UTF-8 in and out of JavaScript's byte arrays.

use rquickjs::{ArrayBuffer, Ctx, Exception, Result, TypedArray};

/// Encodes a well-formed string.
pub(crate) fn encode(ctx: Ctx<'_>, text: String) -> Result<ArrayBuffer<'_>> {
    ArrayBuffer::new(ctx, text.into_bytes())
}

/// Decodes bytes; what is no UTF-8 becomes U+FFFD, or is an error when `fatal`.
pub(crate) fn decode<'js>(ctx: Ctx<'js>, bytes: TypedArray<'js, u8>, fatal: bool) -> Result<String> {
    // SAFETY: no JavaScript runs while the slice lives, so nothing changes or frees the array's memory.
    let bytes = unsafe { bytes.as_bytes() }
        .ok_or_else(|| Exception::throw_type(&ctx, "the array's memory is gone (it was transferred)"))?;
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.to_owned()),
        Err(_) if fatal => Err(Exception::throw_type(
            &ctx,
            "The encoded data was not valid for encoding utf-8",
        )),
        Err(_) => Ok(String::from_utf8_lossy(bytes).into_owned()),
    }
}
