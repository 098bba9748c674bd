export * from "./child"
export { Level } from "./level"
