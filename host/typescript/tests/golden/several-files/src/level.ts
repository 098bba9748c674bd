export enum Level {
  Low = "low",
}
