type Report = { a: string }
export {}
