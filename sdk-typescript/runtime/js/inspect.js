// Values as text for people, laid out as node does.

/** A method of this name says itself how its object is shown; the name is node's. */
const CUSTOM = Symbol.for("nodejs.util.inspect.custom");
/** A line longer than this is broken. */
const WIDTH = 76;
/** Elements of a list, and characters of a text in it, that are shown. */
const ELEMENTS = 100;
const CHARACTERS = 10_000;

/**
 * The value as text. `depth`: levels of objects in objects that are shown. `compact`: always on one line.
 */
export function inspect(value, { depth = 4, compact = false } = {}) {
  const limit = depth === null ? Infinity : depth;
  const state = { depth: limit, compact, path: [], circular: new Map() };
  return show(value, 0, state, true);
}

function show(value, level, state, top = false) {
  switch (typeof value) {
    case "string":
      return quote(value.length > CHARACTERS ? `${value.slice(0, CHARACTERS)}… ${value.length - CHARACTERS} more` : value);
    case "bigint":
      return `${value}n`;
    case "number":
      return Object.is(value, -0) ? "-0" : String(value);
    case "symbol":
      return value.toString();
    case "object":
    case "function":
      break;
    default:
      return String(value);
  }
  if (value === null) return "null";
  if (state.path.includes(value)) {
    if (!state.circular.has(value)) state.circular.set(value, state.circular.size + 1);
    return `[Circular *${state.circular.get(value)}]`;
  }
  state.path.push(value);
  let text;
  try {
    text = showObject(value, level, state, top);
  } catch (error) {
    // A proxy or a getter of the user's may throw.
    text = `[an object that cannot be shown: ${error?.message}]`;
  }
  state.path.pop();
  return state.circular.has(value) ? `<ref *${state.circular.get(value)}> ${text}` : text;
}

function quote(text) {
  const quotes = !text.includes("'") ? "'" : !text.includes('"') ? '"' : !text.includes("`") ? "`" : "'";
  const escaped = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"');
  return quotes + (quotes === "'" ? escaped.replaceAll("'", "\\'") : escaped) + quotes;
}

function showObject(value, level, state, top) {
  const custom = value[CUSTOM];
  if (typeof custom === "function" && custom !== inspect) {
    const shown = Reflect.apply(custom, value, [state.depth - level, { depth: state.depth }, inspect]);
    if (shown !== value) return typeof shown === "string" ? shown : show(shown, level, state);
  }
  const name = className(value);
  const { head, bare, brackets, entries } = body(value, name, level, state);
  const hidden = new Set(Array.isArray(value) || ArrayBuffer.isView(value) ? indices(value) : []);
  const keys = Reflect.ownKeys(value).filter((key) => {
    if (hidden.has(key) || (value instanceof Error && (key === "stack" || key === "message"))) return false;
    return Object.getOwnPropertyDescriptor(value, key)?.enumerable;
  });
  if (keys.length === 0 && bare !== undefined) return bare;
  if (level > state.depth) return bare ?? (Array.isArray(value) ? "[Array]" : `[${name || "Object: null prototype"}]`);
  for (const key of keys) entries.push(`${showKey(key)}: ${property(value, key, level, state)}`);
  return layout(bare !== undefined ? `${bare} ` : head, brackets, entries, level, state, isPlainList(value));
}

const indices = (value) => {
  const keys = [];
  for (let at = 0; at < value.length; at++) keys.push(String(at));
  return keys;
};

const isPlainList = (value) => Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));

/** Name of the class; empty when the object has no prototype. */
function className(value) {
  for (let object = value; object !== null; object = Object.getPrototypeOf(object)) {
    const made = Object.getOwnPropertyDescriptor(object, "constructor")?.value;
    if (typeof made === "function" && made.name !== "") return made.name;
  }
  return "";
}

/** What a kind of object shows before its properties; `bare` is what it is without any. */
function body(value, name, level, state) {
  const tag = value[Symbol.toStringTag];
  const title = name === "" ? "[Object: null prototype] " : name === "Object" ? "" : `${name} `;
  const inner = (item) => (level >= state.depth ? brief(item, state) : show(item, level + 1, state));
  if (typeof value === "function") return { bare: showFunction(value, name), brackets: "{}", entries: [] };
  if (Array.isArray(value)) {
    const prefix = name === "Array" ? "" : `${name}(${value.length}) `;
    return { head: prefix, brackets: "[]", entries: level > state.depth ? [] : elements(value, inner) };
  }
  if (value instanceof Error) return { bare: showError(value, level, state), brackets: "{}", entries: [] };
  if (value instanceof Map) {
    const entries = some(value.entries(), value.size, ([key, item]) => `${inner(key)} => ${inner(item)}`);
    return { head: `${name}(${value.size}) `, brackets: "{}", entries };
  }
  if (value instanceof Set) {
    return { head: `${name}(${value.size}) `, brackets: "{}", entries: some(value.values(), value.size, inner) };
  }
  if (value instanceof Date) return { bare: Number.isNaN(value.getTime()) ? "Invalid Date" : value.toISOString(), brackets: "{}", entries: [] };
  if (value instanceof RegExp) return { bare: RegExp.prototype.toString.call(value), brackets: "{}", entries: [] };
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
    return { head: `${name}(${value.length}) `, brackets: "[]", entries: elements(value, inner) };
  }
  if (value instanceof ArrayBuffer) return { head: title, brackets: "{}", entries: [`byteLength: ${value.byteLength}`] };
  if (value instanceof WeakMap || value instanceof WeakSet) return { bare: `${name} { <items unknown> }`, brackets: "{}", entries: [] };
  if (value instanceof String || value instanceof Number || value instanceof Boolean) {
    return { bare: `[${name}: ${show(value.valueOf(), level, state)}]`, brackets: "{}", entries: [] };
  }
  const tagged = typeof tag === "string" && tag !== "" && tag !== name ? `${name || "Object"} [${tag}] ` : title;
  return { head: tagged, brackets: "{}", entries: [] };
}

/** An object where no more levels are shown. */
function brief(value, state) {
  if ((typeof value !== "object" && typeof value !== "function") || value === null) return show(value, 0, state);
  if (value instanceof Error || value instanceof Date || value instanceof RegExp || typeof value === "function") return show(value, state.depth + 1, state);
  if (Array.isArray(value)) return value.length === 0 ? "[]" : "[Array]";
  return Reflect.ownKeys(value).length === 0 && className(value) === "Object" ? "{}" : `[${className(value) || "Object: null prototype"}]`;
}

function elements(list, inner) {
  const shown = [];
  let holes = 0;
  const tell = () => {
    if (holes > 0) shown.push(`<${holes} empty item${holes === 1 ? "" : "s"}>`);
    holes = 0;
  };
  const end = Math.min(list.length, ELEMENTS);
  for (let at = 0; at < end; at++) {
    if (!(at in list)) {
      holes++;
      continue;
    }
    tell();
    shown.push(inner(list[at]));
  }
  tell();
  return more(shown, list.length - end);
}

function some(iterator, size, inner) {
  return more([...iterator.take(ELEMENTS).map(inner)], size - ELEMENTS);
}

function more(shown, left) {
  if (left > 0) shown.push(`... ${left} more item${left === 1 ? "" : "s"}`);
  return shown;
}

function showFunction(value, name) {
  const source = Function.prototype.toString.call(value);
  if (source.startsWith("class")) {
    const parent = Object.getPrototypeOf(value)?.name;
    return `[class ${value.name || "(anonymous)"}${parent ? ` extends ${parent}` : ""}]`;
  }
  return value.name === "" ? `[${name || "Function"} (anonymous)]` : `[${name || "Function"}: ${value.name}]`;
}

/** Title, the user's frames, causes and the errors of a group. */
function showError(error, level, state) {
  const title = error.message ? `${error.name}: ${error.message}` : String(error.name);
  const stack = typeof error.stack === "string" ? error.stack.split("\n").filter((line) => /^\s+at /.test(line) && !/[( ]sdk:|\(native\)/.test(line)) : [];
  const parts = [stack.length === 0 && level > 0 ? `[${title}]` : [title, ...stack].join("\n")];
  if (error.cause !== undefined) parts.push(`  [cause]: ${show(error.cause, level + 1, state).replaceAll("\n", "\n  ")}`);
  if (Array.isArray(error.errors)) {
    for (const each of error.errors) parts.push(`  [error]: ${show(each, level + 1, state).replaceAll("\n", "\n  ")}`);
  }
  return parts.join("\n");
}

function showKey(key) {
  if (typeof key === "symbol") return `[${key.toString()}]`;
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : quote(key);
}

function property(value, key, level, state) {
  const descriptor = Object.getOwnPropertyDescriptor(value, key);
  if (descriptor.get) return descriptor.set ? "[Getter/Setter]" : "[Getter]";
  if (descriptor.set) return "[Setter]";
  return level >= state.depth ? brief(descriptor.value, state) : show(descriptor.value, level + 1, state);
}

/** Entries between brackets, on one line when they fit. */
function layout(head, [open, close], entries, level, state, list) {
  if (entries.length === 0) return `${head}${open}${close}`;
  const line = `${head}${open} ${entries.join(", ")} ${close}`;
  if (state.compact || (line.length + level * 2 <= WIDTH && !line.includes("\n"))) return line;
  const lines = list && entries.length > 6 ? filled(entries) : entries;
  return `${head}${open}\n${lines.map((entry) => `  ${entry.replaceAll("\n", "\n  ")}`).join(",\n")}\n${close}`;
}

/** Short entries of a list, several on a line. */
function filled(entries) {
  if (entries.some((entry) => (entry.length > 16 && !entry.startsWith("... ")) || entry.includes("\n"))) return entries;
  const lines = [];
  for (const entry of entries) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + entry.length + 2 <= WIDTH - 4) lines[lines.length - 1] = `${last}, ${entry}`;
    else lines.push(entry);
  }
  return lines;
}
