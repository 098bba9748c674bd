const a

const b
