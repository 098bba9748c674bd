export type Report = { b: string }
