export const IMAGE = "alpine"
export const PATTERNS = ["a", IMAGE]
export const limits = { most: 10 }
export enum Level {
  Low = "low",
  High = "high",
}
