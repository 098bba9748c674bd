export type Other = { a: string }
export { Child as Kid } from "./child"
