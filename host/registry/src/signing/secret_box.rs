//! The encryption of cosign's private keys: scrypt makes a key of the password, NaCl's secret box does the rest.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use crypto_secretbox::aead::Aead;
use crypto_secretbox::{Key, KeyInit, Nonce, XSalsa20Poly1305};
use serde::Deserialize;
use zeroize::Zeroizing;

const KEY_SIZE: usize = 32;
const NONCE_SIZE: usize = 24;
/// Cost factors that cosign has used, as powers of two; others are refused, so that a file cannot make this take hours.
const COSTS: [(u64, u8); 3] = [(32_768, 15), (65_536, 16), (131_072, 17)];

#[derive(Deserialize)]
struct Document {
    kdf: Kdf,
    cipher: Cipher,
    ciphertext: String,
}

#[derive(Deserialize)]
struct Kdf {
    name: String,
    params: Parameters,
    salt: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Parameters {
    #[serde(rename = "N")]
    n: u64,
    r: u32,
    p: u32,
}

#[derive(Deserialize)]
struct Cipher {
    name: String,
    nonce: String,
}

/// The content of the box; none when the password is wrong.
///
/// # Errors
/// It is no such box.
pub(super) fn open(document: &[u8], password: &[u8]) -> Result<Option<Zeroizing<Vec<u8>>>, String> {
    let document: Document = serde_json::from_slice(document).map_err(|error| error.to_string())?;
    if document.kdf.name != "scrypt" || document.cipher.name != "nacl/secretbox" {
        return Err(format!("{} and {}", document.kdf.name, document.cipher.name));
    }
    let Parameters { n, r, p } = document.kdf.params;
    let cost = COSTS.iter().find(|(known, _)| *known == n && r == 8 && p == 1);
    let (_, log_n) = cost.ok_or_else(|| format!("scrypt with N = {n}, r = {r}, p = {p}"))?;
    let decoded = |text: &str| STANDARD.decode(text).map_err(|error| error.to_string());
    let salt = decoded(&document.kdf.salt)?;
    let nonce: [u8; NONCE_SIZE] = decoded(&document.cipher.nonce)?
        .try_into()
        .map_err(|_| "its nonce has another length".to_owned())?;
    let sealed = decoded(&document.ciphertext)?;
    let parameters = scrypt::Params::new(*log_n, r, p, KEY_SIZE).map_err(|error| error.to_string())?;
    let mut key = Zeroizing::new([0; KEY_SIZE]);
    scrypt::scrypt(password, &salt, &parameters, key.as_mut()).map_err(|error| error.to_string())?;
    let cipher = XSalsa20Poly1305::new(Key::from_slice(key.as_ref()));
    let opened = cipher.decrypt(Nonce::from_slice(&nonce), sealed.as_slice());
    Ok(opened.ok().map(Zeroizing::new))
}
