// What one writes with LangChain.js: a prompt, a model, batch({ maxConcurrency }), and the pairs as JSON lines. It speaks the protocol of the benchmark's
// subjects: says "ready" when it is warm, begins on "go", prints its measurement as one line of JSON.
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { StringOutputParser } from "@langchain/core/output_parsers";
import { ChatPromptTemplate } from "@langchain/core/prompts";
import { ChatOpenAI } from "@langchain/openai";

const { values } = parseArgs({
  options: {
    url: { type: "string" }, warm: { type: "string" }, out: { type: "string" },
    items: { type: "string" }, concurrency: { type: "string" }, questions: { type: "string" },
  },
});
const count = Number(values.items);
const kinds = values.questions ? Number(values.questions) : Infinity;

// The items of Inspections.cs, made here: reading them costs nothing.
const item = (i, k = Number.isFinite(kinds) ? i % kinds : i) => ({
  line: `line-${k % 7}`,
  score: k % 100 ? String((k % 100) / 100) : "0.0",
  notes: `Board ${k}: pin ${k % 48} of U${k % 9} shows residue, seen at station ${k % 5}`,
});
const system = "You classify board inspections.";
const prompt = ChatPromptTemplate.fromMessages([
  ["system", system],
  ["human", "Line {line}, score {score}.\nNotes: {notes}\nWhich defect is it?"],
]);
const chain = (baseURL) => prompt
  .pipe(new ChatOpenAI({ model: "bench", temperature: 0, maxTokens: 64, apiKey: "none", configuration: { baseURL } }))
  .pipe(new StringOutputParser());
const ask = (baseURL, inputs) => chain(baseURL).batch(inputs, { maxConcurrency: Number(values.concurrency) }, { returnExceptions: true });

await ask(values.warm, Array.from({ length: 3000 }, (_, i) => item(i)));
console.log("ready");
for await (const line of createInterface({ input: process.stdin })) if (line === "go") break;

const started = process.hrtime.bigint();
const before = process.cpuUsage();
const inputs = Array.from({ length: count }, (_, i) => item(i));
const answers = await ask(values.url, inputs);
let done = 0;
const out = createWriteStream(values.out);
for (let i = 0; i < count; i++) {
  if (answers[i] instanceof Error) continue;
  done++;
  const { line, score, notes } = inputs[i];
  const messages = [
    { role: "system", content: system },
    { role: "user", content: `Line ${line}, score ${score}.\nNotes: ${notes}\nWhich defect is it?` },
    { role: "assistant", content: answers[i] },
  ];
  if (!out.write(JSON.stringify({ messages }) + "\n")) await once(out, "drain");
}
out.end();
await once(out, "finish");
const cpu = process.cpuUsage(before);
console.log(JSON.stringify({
  seconds: Number(process.hrtime.bigint() - started) / 1e9,
  cpuSeconds: (cpu.user + cpu.system) / 1e6,
  peakMegabytes: process.resourceUsage().maxRSS * 1024 / 1e6,
  done,
  lost: count - done,
  runs: 1,
}));
process.exit(0);
