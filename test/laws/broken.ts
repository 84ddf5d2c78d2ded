import { Laws, type Subject } from "@effect-bulk/testing"

/** The laws that an operation breaks, in words, once asked. */
export const brokenBy =
  (options: Laws.Options) =>
  <Item, A, E>(subject: Subject.Subject<Item, A, E>) =>
  (): ReadonlyArray<string> =>
    Laws.run([subject], options)
      .filter(({ failure }) => failure !== undefined)
      .map(Laws.describe)
