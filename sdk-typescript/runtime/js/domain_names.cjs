// Stands for the package tr46, whose mapping table would be larger than the engine: names of hosts in Unicode become ASCII
// by the normal form NFKC, lower case and punycode. It differs from the standard for a few characters only, which are
// deprecated or forbidden in names.

const punycode = require("punycode");

const FORBIDDEN = /[\u0000-\u0020\u007f-\u00a0\u2028\u2029\ufffd]/u;
const DOTS = /[\u3002\uff0e\uff61]/gu;
const IGNORED = /[\u00ad\u200b\u2060\ufeff\ufe00-\ufe0f]/gu;

exports.toASCII = function toASCII(domain) {
  try {
    const mapped = domain.replace(IGNORED, "").normalize("NFKC").replace(DOTS, ".").toLowerCase();
    return FORBIDDEN.test(mapped) ? null : punycode.toASCII(mapped);
  } catch {
    return null;
  }
};

exports.toUnicode = function toUnicode(domain) {
  try {
    return { domain: punycode.toUnicode(domain), error: false };
  } catch {
    return { domain, error: true };
  }
};
