import { float, func, object } from "@dagger.io/dagger"

/** Figures about a list of numbers. */
@object()
export class Statistics {
  /** How many numbers there are */
  @func()
  readonly count: number

  /** Their sum */
  @func()
  readonly total: float

  /** Their arithmetic mean */
  @func()
  readonly mean: float

  constructor(numbers: float[]) {
    if (numbers.length === 0) {
      throw new RangeError("there is no mean of no numbers")
    }
    this.count = numbers.length
    this.total = numbers.reduce((sum, number) => sum + number, 0)
    this.mean = this.total / this.count
  }
}
