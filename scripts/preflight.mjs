// Says in one sentence what is missing, before anything can fail with a stack trace.
// It must run on the very Node.js it refuses, hence plain JavaScript of an old kind.
import fs from "fs"
import path from "path"
import { fileURLToPath } from "url"

var root = path.dirname(path.dirname(fileURLToPath(import.meta.url)))
var manifest = JSON.parse(fs.readFileSync(path.join(root, "package.json"), "utf8"))
var command = process.env.npm_lifecycle_event || "test"
var withNode = "npx -y -p node@24 -p pnpm@12.21.0 pnpm " + command

function parts(version) {
  return version.split(".").map(Number)
}

function older(version, wanted) {
  var a = parts(version)
  var b = parts(wanted)
  for (var i = 0; i < 3; i++) if (a[i] !== b[i]) return a[i] < b[i]
  return false
}

function refuse(sentence) {
  console.error("\n" + sentence + "\n")
  process.exit(1)
}

var wanted = manifest.engines.node.replace(">=", "")
if (older(process.versions.node, wanted)) {
  refuse(
    "effect-bulk needs Node.js " +
      wanted +
      " or later and this is " +
      process.versions.node +
      "; run it with: " +
      withNode
  )
}

var missing = Object.keys(manifest.devDependencies).filter(function (name) {
  return !fs.existsSync(path.join(root, "node_modules", name, "package.json"))
})
if (missing.length > 0) {
  refuse("The dependencies are not installed (" + missing[0] + " is missing); install and run with: " + withNode)
}
