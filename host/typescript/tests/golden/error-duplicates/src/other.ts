import { object } from "@dagger.io/dagger"

@object()
export class Report {}

export type Level = { a: string }
