export type Report = { a: string }
export enum Level {
  Low = "low",
}
