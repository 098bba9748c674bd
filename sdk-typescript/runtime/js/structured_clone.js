// structuredClone, by the package @ungap/structured-clone, with the standard's error.

import clone from "@ungap/structured-clone";

export const structuredClone = {
  structuredClone(value, options) {
    if (arguments.length === 0) throw new TypeError("structuredClone() wants a value");
    if (options?.transfer?.length > 0) {
      throw new DOMException("nothing can be transferred in a module: there is nobody to transfer it to", "DataCloneError");
    }
    try {
      return clone(value);
    } catch (error) {
      if (error instanceof TypeError) throw new DOMException(error.message, "DataCloneError");
      throw error;
    }
  },
}.structuredClone;
