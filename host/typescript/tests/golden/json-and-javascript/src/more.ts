export const more: string = "more"
