/**
 * Functions that need no container: what they cost is what calling a module costs.
 */
import { float, func, object } from "@dagger.io/dagger"
import { Statistics } from "./statistics.js"

/** Greetings and small sums, computed in the module itself. */
@object()
export class Hello {
  /**
   * Greet someone.
   *
   * @param name Whom to greet
   */
  @func()
  hello(name: string = "world"): string {
    return `Hello, ${name}!`
  }

  /**
   * Repeat a text in capitals.
   *
   * @param text What to shout
   * @param times How often
   */
  @func()
  shout(text: string, times: number = 1): string {
    if (times < 1) {
      throw new RangeError(`times must be at least 1: ${times}`)
    }
    return Array(times).fill(`${text.toUpperCase()}!`).join(" ")
  }

  /**
   * Split a text at its white space.
   *
   * @param text The text to split
   */
  @func()
  words(text: string): string[] {
    return text.split(/\s+/).filter((word) => word !== "")
  }

  /**
   * Add two numbers.
   *
   * @param a First number
   * @param b Second number
   */
  @func()
  add(a: number, b: number): number {
    return a + b
  }

  /**
   * Describe a list of numbers.
   *
   * @param numbers The numbers, at least one
   */
  @func()
  statistics(numbers: float[]): Statistics {
    return new Statistics(numbers)
  }
}
