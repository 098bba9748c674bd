using x = { [Symbol.dispose]() {} }
export {}
