type Hidden = { a: string }
export {}
