export const mark = "!"
