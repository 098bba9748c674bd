import { object, func } from "@dagger.io/dagger"

@object()
export class Ci {
  @func()
  a(x0: string, x1: string, x2: string, x3: string, x4: string, x5: string, x6: string, x7: string, x8: string, x9: string, x10: string, x11: string, x12: string, x13: string, x14: string, x15: string, x16: string, x17: string, x18: string, x19: string, x20: string, x21: string, x22: string, x23: string, x24: string, x25: string, x26: string, x27: string, x28: string, x29: string, x30: string, x31: string, x32: string, x33: string, x34: string, x35: string, x36: string, x37: string, x38: string, x39: string, y: any): void {}
}
