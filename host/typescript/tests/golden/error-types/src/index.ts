import { object, func } from "@dagger.io/dagger"

const x = 1
type Report = { a: string }

@object()
export class Ci {
  @func()
  a(
    a: any, b: unknown, c: object, d: { x: string }, e: [string, string], g: () => void, h: bigint, i: "x", j: 3,
    k: Date, l: Map<string, string>, m: Record<string, string>, n: String, o: Uint8Array, p: typeof x, q: `a${string}`, r: never,
    s: Report & { b: string }, t: void, u: symbol,
  ): void {}
}
