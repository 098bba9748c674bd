export type Report = { ok: boolean }
