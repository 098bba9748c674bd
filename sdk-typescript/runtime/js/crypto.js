// The part of Web Crypto that needs no algorithm: random bytes of the operating system.

import { randomBytes } from "dockwright:native";

const INTEGERS = [
  Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, BigInt64Array, BigUint64Array,
];
/** Bytes that can be asked for at once, as the standard has it. */
const QUOTA = 65536;

export const crypto = {
  /** Fills an array of integers and returns it. */
  getRandomValues(array) {
    if (!INTEGERS.some((type) => array instanceof type)) {
      throw new DOMException("getRandomValues() wants an array of integers", "TypeMismatchError");
    }
    if (array.byteLength > QUOTA) {
      throw new DOMException(`getRandomValues() gives ${QUOTA} bytes at most, not ${array.byteLength}`, "QuotaExceededError");
    }
    const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
    bytes.set(new Uint8Array(randomBytes(bytes.length)));
    return array;
  },

  /** A random UUID, version 4. */
  randomUUID() {
    const bytes = new Uint8Array(randomBytes(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
  },

  get subtle() {
    throw new Error("crypto.subtle is not available in a module; use a package in plain JavaScript, such as @noble/hashes");
  },
};
