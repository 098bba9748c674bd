export type Report = { a: string }
