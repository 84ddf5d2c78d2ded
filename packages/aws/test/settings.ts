import { afterEach, beforeEach, vi } from "@effect/vitest"

/** Keeps the AWS settings of whoever runs the tests away from those of the file that calls this. */
export const keepOut = (): void => {
  beforeEach(() => {
    for (const name of ["AWS_REGION", "AWS_DEFAULT_REGION", "AWS_PROFILE", "AWS_ACCESS_KEY_ID", "AWS_ENDPOINT_URL"]) {
      vi.stubEnv(name, undefined)
    }
    vi.stubEnv("AWS_CONFIG_FILE", "none")
    vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", "none")
    vi.stubEnv("AWS_EC2_METADATA_DISABLED", "true")
  })
  afterEach(() => {
    vi.unstubAllEnvs()
  })
}
