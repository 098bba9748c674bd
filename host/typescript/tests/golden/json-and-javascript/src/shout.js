import { mark } from "./mark.mjs"
export const shout = (text) => text.toUpperCase() + mark
