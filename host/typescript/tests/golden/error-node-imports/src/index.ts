import { object, func } from "@dagger.io/dagger"

import fs from "node:fs"
import { spawn } from "child_process"
import net from "net"
import path from "node:path"
import { readFile } from "fs/promises"

@object()
export class Ci {
  @func()
  a(): string {
    return path.join(String(fs), String(spawn), String(net), String(readFile))
  }
}
