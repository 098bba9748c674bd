// What code refers to whose decorators were lowered by the front end (oxc's helpers, named after Babel's).

export const babelHelpers = {
  /** Applies decorators to a class, or to a property of its prototype. */
  decorate(decorators, target, key, descriptor) {
    const ofClass = arguments.length < 3;
    let result = ofClass ? target : descriptor === null ? Object.getOwnPropertyDescriptor(target, key) : descriptor;
    for (const decorator of [...decorators].reverse()) {
      if (!decorator) continue;
      const made = ofClass ? decorator(result) : arguments.length > 3 ? decorator(target, key, result) : decorator(target, key);
      result = made || result;
    }
    if (arguments.length > 3 && result) Object.defineProperty(target, key, result);
    return result;
  },

  /** Makes a decorator of an argument's decorator. */
  decorateParam(index, decorator) {
    return (target, key) => decorator(target, key, index);
  },

  /** Types are known from the source; nothing is recorded at run time. */
  decorateMetadata() {
    return () => {};
  },

  /** Defines a property as class fields do. */
  defineProperty(object, key, value) {
    return Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
  },
};
