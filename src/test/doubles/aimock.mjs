// Starts aimock on a free port and prints its address. Reads its fixtures, its progress and its keys
// as one line of JSON, and ends with its input: with the program that started it.
import { createInterface } from "node:readline";
import { createServer } from "@copilotkit/aimock";

const lines = createInterface({ input: process.stdin });
lines.on("close", () => process.exit(0));
lines.once("line", async (line) => {
  const { fixtures, options } = JSON.parse(line);
  const { url } = await createServer(fixtures, { port: 0, host: "127.0.0.1", logLevel: "silent", ...options });
  console.log(url);
});
