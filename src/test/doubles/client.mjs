// Makes a video with OpenAI's own client, as its documents say, and prints what it saw as one line
// of JSON. Arguments: the address of the API, the key.
import { createHash } from "node:crypto";
import OpenAI from "openai";

const [baseURL, apiKey] = process.argv.slice(2);
const videos = new OpenAI({ baseURL, apiKey, maxRetries: 0 }).videos;
const created = await videos.create({ model: "sora-2", prompt: "a paper boat", seconds: "4", size: "1280x720" });
const statuses = [];
let video = created;
while (video.status !== "completed" && video.status !== "failed") {
  video = await videos.retrieve(created.id);
  if (statuses.at(-1) !== video.status) statuses.push(video.status);
}
const content = await videos.downloadContent(created.id);
const bytes = Buffer.from(await content.arrayBuffer());
const listed = [];
for await (const each of videos.list({ limit: 2 })) listed.push(each.id);
const deleted = await videos.delete(created.id);
const error = await videos.retrieve(created.id).catch((e) => e);
console.log(
  JSON.stringify({
    created, statuses, video, listed, deleted,
    contentType: content.headers.get("content-type"),
    bytes: bytes.length,
    md5: createHash("md5").update(bytes).digest("base64"),
    afterwards: { type: error.constructor.name, status: error.status },
  }),
);
