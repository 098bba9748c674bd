/** What package managers are called, do and keep. */

/** The program that installs packages. */
export enum PackageManager {
  /** The one whose lock file the source has; npm where there is none. */
  Auto = "AUTO",
  /** npm, which comes with Node. */
  Npm = "NPM",
  /** pnpm, installed from the npm registry. */
  Pnpm = "PNPM",
  /** Yarn 1, installed from the npm registry. */
  Yarn = "YARN",
}

/** How one package manager is used. */
export interface Commands {
  /** The program. */
  name: string
  /** How it is installed itself; empty for npm, which is there. */
  setup: string[]
  /** Installs what the lock file names. */
  locked: string[]
  /** Installs without a lock file, or adds to one. */
  unlocked: string[]
  /** Its lock file. */
  lock: string
  /** Where it keeps downloads. */
  cache: string
}

const npm: Commands = {
  name: "npm",
  setup: [],
  locked: ["npm", "ci", "--no-audit", "--no-fund", "--prefer-offline"],
  unlocked: ["npm", "install", "--no-audit", "--no-fund", "--prefer-offline"],
  lock: "package-lock.json",
  cache: "/root/.npm",
}

const pnpm: Commands = {
  name: "pnpm",
  setup: ["npm", "install", "--global", "--no-audit", "--no-fund", "pnpm@10.20.0"],
  locked: ["pnpm", "install", "--frozen-lockfile", "--store-dir=/cache/pnpm"],
  unlocked: ["pnpm", "install", "--store-dir=/cache/pnpm"],
  lock: "pnpm-lock.yaml",
  cache: "/cache/pnpm",
}

const yarn: Commands = {
  name: "yarn",
  setup: ["npm", "install", "--global", "--force", "--no-audit", "--no-fund", "yarn@1.22.22"],
  locked: ["yarn", "install", "--frozen-lockfile", "--cache-folder=/cache/yarn"],
  unlocked: ["yarn", "install", "--cache-folder=/cache/yarn"],
  lock: "yarn.lock",
  cache: "/cache/yarn",
}

/** The commands of a package manager; the lock file among the entries decides where none is named. */
export function commandsOf(manager: PackageManager, entries: string[]): Commands {
  switch (manager) {
    case PackageManager.Npm:
      return npm
    case PackageManager.Pnpm:
      return pnpm
    case PackageManager.Yarn:
      return yarn
    default:
      return [pnpm, yarn, npm].find((each) => entries.includes(each.lock)) ?? npm
  }
}
