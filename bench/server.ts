/**
 * A local stand-in for HealthOmics, in a process of its own: it reads each request to its end and answers as the
 * service does when every read set of a call was taken, with status 200 and no body.
 */
import { createServer } from "node:http"

let calls = 0
const server = createServer({ keepAliveTimeout: 120_000 }, (request, response) => {
  calls++
  request.resume().on("end", () => {
    response.writeHead(200, { "x-amzn-requestid": `${calls}`, "content-length": "0" }).end()
  })
})
server.listen(0, "127.0.0.1", () => {
  const address = server.address()
  if (typeof address === "object" && address !== null) process.send?.(`http://127.0.0.1:${address.port}`)
})
// Whoever started it is gone.
process.on("disconnect", () => process.exit())
