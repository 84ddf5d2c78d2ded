/** What errors of any kind say, as histories, reports and messages show it. Total: an error may be anything at all. */

/** The tag of an error; what has none is called by its code or name. */
export const tagOf = (error: unknown): string => {
  if (!isObject(error)) return textOf(error)
  const name = error instanceof Error ? textAt(error, "name") : undefined
  return textAt(error, "_tag") ?? textAt(error, "code") ?? name ?? "Error"
}

/** The tag, and the code if there is one besides. */
export const nameOf = (error: unknown): string => {
  const tag = tagOf(error)
  const code = textAt(error, "code") ?? tag
  return code === tag ? tag : `${tag} ${code}`
}

/** What an error says; of one that is no `Error`, what there is to see. */
export const messageOf = (error: unknown): string => textAt(error, "message") ?? textOf(error)

/** Is the error one of these tags or codes? */
export const isNamed = (error: unknown, names: ReadonlyArray<string> | undefined): boolean => {
  if (names === undefined || names.length === 0) return false
  return names.includes(tagOf(error)) || (isObject(error) && names.includes(textOf(valueAt(error, "code"))))
}

const longest = 200

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null

/** A member, unless it dies when it is looked at. */
const valueAt = (object: object, member: string): unknown => {
  try {
    return Reflect.get(object, member)
  } catch {
    return undefined
  }
}

/** A text in a member, if there is one. */
export const textAt = (object: unknown, member: string): string | undefined => {
  const value = isObject(object) ? valueAt(object, member) : undefined
  return typeof value === "string" && value !== "" ? value : undefined
}

const textOf = (value: unknown): string => {
  if (typeof value === "string") return value
  let text: string | undefined
  try {
    text = isObject(value) ? JSON.stringify(value) : String(value)
  } catch {
    // What cannot be written as JSON has its short form.
  }
  text ??= "[object Object]"
  return text.length > longest ? `${text.slice(0, longest)}...` : text
}
