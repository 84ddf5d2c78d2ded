/** What errors of any kind say, as histories, reports and messages show it. */

/** The tag of an error; what has none is called by its code or name. */
export const tagOf = (error: unknown): string => {
  if (typeof error !== "object" || error === null) return textOf(error)
  if ("_tag" in error && typeof error._tag === "string") return error._tag
  if ("code" in error && typeof error.code === "string" && error.code !== "") return error.code
  return error instanceof Error ? error.name : "Error"
}

/** The tag, and the code if there is one besides. */
export const nameOf = (error: unknown): string => {
  const tag = tagOf(error)
  const hasCode = typeof error === "object" && error !== null && "code" in error
  const code = hasCode && typeof error.code === "string" ? error.code : ""
  return code === "" || code === tag ? tag : `${tag} ${code}`
}

/** What an error says; of one that is no `Error`, what there is to see. */
export const messageOf = (error: unknown): string => {
  if (typeof error !== "object" || error === null) return textOf(error)
  if ("message" in error && typeof error.message === "string" && error.message !== "") return error.message
  return textOf(error)
}

/** Is the error one of these tags or codes? */
export const isNamed = (error: unknown, names: ReadonlyArray<string> | undefined): boolean => {
  if (names === undefined || names.length === 0) return false
  if (names.includes(tagOf(error))) return true
  return typeof error === "object" && error !== null && "code" in error && names.includes(String(error.code))
}

const longest = 200

const textOf = (value: unknown): string => {
  if (typeof value === "string") return value
  let text = String(value)
  try {
    text = typeof value === "object" ? JSON.stringify(value) : text
  } catch {
    // What cannot be written as JSON keeps its short form.
  }
  return text.length > longest ? `${text.slice(0, longest)}...` : text
}
