// TextEncoder and TextDecoder for UTF-8, and decoding of UTF-16 and Latin-1. The bytes are made in Rust: packages that do
// it in JavaScript are many times slower.

import { decode, encode } from "dockwright:native";

const LABELS = {
  "utf-8": ["utf-8", "utf8", "unicode-1-1-utf-8"],
  "utf-16le": ["utf-16le", "utf-16", "ucs-2", "unicode"],
  "windows-1252": ["latin1", "iso-8859-1", "ascii", "us-ascii", "windows-1252", "l1"],
};

/** A view of the bytes of a buffer or of any view. */
function bytesOf(input) {
  if (input === undefined) return new Uint8Array(0);
  if (ArrayBuffer.isView(input)) return new Uint8Array(input.buffer, input.byteOffset, input.byteLength);
  if (input instanceof ArrayBuffer || input instanceof SharedArrayBuffer) return new Uint8Array(input);
  throw new TypeError("TextDecoder.decode() wants a buffer or a view of one");
}

export class TextEncoder {
  get encoding() {
    return "utf-8";
  }

  /** The text's bytes. */
  encode(text = "") {
    return new Uint8Array(encode(String(text).toWellFormed()));
  }

  /** Writes as many whole characters as fit. */
  encodeInto(text, target) {
    const whole = String(text).toWellFormed();
    let read = 0;
    let written = 0;
    for (const character of whole) {
      const bytes = new Uint8Array(encode(character));
      if (written + bytes.length > target.length) break;
      target.set(bytes, written);
      written += bytes.length;
      read += character.length;
    }
    return { read, written };
  }
}

export class TextDecoder {
  #encoding;
  #fatal;
  #ignoreBOM;
  /** Bytes of a character that the last chunk did not end. */
  #rest = new Uint8Array(0);
  #started = false;

  constructor(label = "utf-8", options = {}) {
    const wanted = String(label).trim().toLowerCase();
    const found = Object.entries(LABELS).find(([, labels]) => labels.includes(wanted));
    if (!found) throw new RangeError(`the encoding "${label}" is not available in a module`);
    this.#encoding = found[0];
    this.#fatal = Boolean(options?.fatal);
    this.#ignoreBOM = Boolean(options?.ignoreBOM);
  }

  get encoding() {
    return this.#encoding;
  }

  get fatal() {
    return this.#fatal;
  }

  get ignoreBOM() {
    return this.#ignoreBOM;
  }

  decode(input, options) {
    let bytes = bytesOf(input);
    if (this.#rest.length > 0) {
      const joined = new Uint8Array(this.#rest.length + bytes.length);
      joined.set(this.#rest);
      joined.set(bytes, this.#rest.length);
      bytes = joined;
    }
    const stream = Boolean(options?.stream);
    const end = stream ? bytes.length - unfinished(this.#encoding, bytes) : bytes.length;
    this.#rest = bytes.slice(end);
    let text = this.#text(bytes.subarray(0, end));
    if (!this.#started && !this.#ignoreBOM && text.startsWith("\ufeff")) text = text.slice(1);
    this.#started = stream && (this.#started || end > 0);
    if (!stream) this.#rest = new Uint8Array(0);
    return text;
  }

  #text(bytes) {
    if (this.#encoding === "utf-8") return decode(bytes, this.#fatal);
    const units = [];
    if (this.#encoding === "utf-16le") {
      const odd = bytes.length % 2;
      for (let at = 0; at + 1 < bytes.length; at += 2) units.push(bytes[at] | (bytes[at + 1] << 8));
      if (odd && this.#fatal) throw new TypeError("The encoded data was not valid for encoding utf-16le");
      if (odd) units.push(0xfffd);
    } else {
      for (const byte of bytes) units.push(WINDOWS_1252[byte - 0x80] ?? byte);
    }
    let text = "";
    for (let at = 0; at < units.length; at += 4096) text += String.fromCharCode(...units.slice(at, at + 4096));
    return text.toWellFormed();
  }
}

/** What windows-1252 has where Latin-1 has control characters; from 0x80. */
const WINDOWS_1252 = [
  0x20ac, , 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, , 0x017d, , ,
  0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, , 0x017e, 0x0178,
];

/** How many bytes at the end are the beginning of a character. */
function unfinished(encoding, bytes) {
  if (encoding === "utf-16le") return bytes.length % 2;
  if (encoding !== "utf-8") return 0;
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back];
    if ((byte & 0xc0) === 0x80) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return length > back ? back : 0;
  }
  return 0;
}
