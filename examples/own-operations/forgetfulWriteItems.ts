/** A declaration with a mistake, for the laws to find: what DynamoDB did not get to counts as written. */
import { Answer, Verdict } from "@effect-bulk/core"
import { writeItems } from "./writeItems.ts"

export const forgetfulWriteItems: typeof writeItems = (client, keys) => ({
  ...writeItems(client, keys),
  answer: Answer.failuresById({
    failures: () => [],
    id: () => undefined,
    verdict: Verdict.terminal,
    silent: () => Verdict.confirmed(undefined)
  })
})
