/**
 * Page tokens of models: they say where the next page begins, and in which list, and are as opaque as those of AWS.
 * They hold characters that a query string must escape.
 *
 * @since 0.1.0
 */

/**
 * The token of the page of `list` that begins at `position`.
 *
 * @category constructors
 * @since 0.1.0
 */
export const make = (list: string, position: number): string => {
  const text = `${encodeURIComponent(list)}\n${position}`
  // The padding keeps `=` in every token; `+` and `/` frame it.
  return `+${btoa(text.padEnd(Math.ceil((text.length + 1) / 3) * 3 - 1))}/`
}

/**
 * Where the page begins that the token stands for, or `undefined` if the token is not one of `list`.
 *
 * @category functions
 * @since 0.1.0
 */
export const read = (list: string, token: string): number | undefined => {
  const match = /^\+((?:[A-Za-z0-9+/]{4})*[A-Za-z0-9+/]{3}=)\/$/.exec(token)
  if (match?.[1] === undefined) return undefined
  const [name, position] = atob(match[1]).split("\n")
  return name === encodeURIComponent(list) && position !== undefined && /^\d+ *$/.test(position)
    ? Number(position)
    : undefined
}
