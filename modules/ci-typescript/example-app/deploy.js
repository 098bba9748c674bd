// Signs a release with DEPLOY_TOKEN, as a deployment would; the token itself is never printed.
import { createHash, createHmac } from "node:crypto"
import { readFileSync, readdirSync } from "node:fs"

const token = process.env.DEPLOY_TOKEN
if (!token) {
  console.error("DEPLOY_TOKEN is not set")
  process.exit(2)
}
const content = createHash("sha256")
for (const name of readdirSync("src").sort()) {
  content.update(name).update(readFileSync(`src/${name}`))
}
const release = content.digest("hex")
const signature = createHmac("sha256", token).update(release).digest("hex")
console.log(`release ${release.slice(0, 12)} signed ${signature.slice(0, 12)}`)
