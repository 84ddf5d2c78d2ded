// Changes the source of one module as it is loaded.
import { registerHooks } from "node:module"
import { pathToFileURL } from "node:url"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import type { Mutant } from "./mutants.ts"

const packages = join(import.meta.dirname, "../../packages")

/** The file of a mutant, and its source with the change. Throws unless the change fits in exactly one place. */
export const mutated = ({ file, find, name, replace }: Mutant): { readonly url: string; readonly source: string } => {
  const path = join(packages, file)
  const source = readFileSync(path, "utf8")
  const places = source.split(find).length - 1
  if (places !== 1) throw new Error(`mutant '${name}': ${file} has its text in ${places} places, not in one:\n${find}`)
  return { url: pathToFileURL(path).href, source: source.replace(find, () => replace) }
}

/** The mutant of this thread. */
export let applied: Mutant | undefined = undefined

/** From now on, modules of this thread that are loaded see the change. */
export const apply = (mutant: Mutant): void => {
  applied = mutant
  const { source, url } = mutated(mutant)
  registerHooks({
    load: (loaded, context, next) =>
      loaded === url ? { format: "module-typescript", source, shortCircuit: true } : next(loaded, context)
  })
}
