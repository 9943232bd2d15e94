// Writes the same work in each program's own language: node inputs.mjs JOBS FOLDER. Every job syncs one clip onto one video, no two alike.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const [count, folder] = [Number(process.argv[2]), process.argv[3]];
const jobs = Array.from({ length: count }, (_, i) => ({ id: `job-${i + 1}`, insert: i % 500, volume: (1000 - Math.floor(i / 500)) / 1000 }));

const head = `apiVersion: gmiklingflow/v1
kind: Flow
name: bench
videos:
  host: { source: clips/host.mp4, faces: { anna: { only: true } } }
audio:
  hello: { source: audio/hello.wav }
`;

// Each job written out, as a schema's judge needs it.
const flow = head + "jobs:\n" + jobs.map((job) => `  - id: ${job.id}
    video: host
    labels: { number: "${job.insert}" }
    faces:
      - { face: anna, audio: hello, sound_insert_time: ${job.insert}, sound_volume: ${job.volume}, original_audio_volume: 0 }
`).join("");

// The same jobs by a matrix and templates, as a person would write them.
const matrix = head + `jobs:
  - id: "job-{{ matrix.insert }}-{{ matrix.round }}"
    matrix:
      insert: [${jobs.filter((job) => job.volume === 1).map((job) => job.insert).join(", ")}]
      round: [${Array.from({ length: Math.ceil(count / 500) }, (_, i) => i).join(", ")}]
    video: host
    labels: { number: "{{ matrix.insert }}" }
    faces:
      - { face: anna, audio: hello, sound_insert_time: "{{ matrix.insert }}", sound_volume: "{{ 1 - matrix.round / 1000 }}", original_audio_volume: 0 }
`;

const promptfoo = `description: bench
prompts: ["Sync {{ audio }} onto {{ video }} at {{ insert }} ms, volume {{ volume }}"]
providers: [echo]
tests:
` + jobs.map((job) => `  - description: ${job.id}
    metadata: { number: "${job.insert}" }
    vars: { video: clips/host.mp4, audio: audio/hello.wav, insert: ${job.insert}, volume: ${job.volume} }
    assert: [{ type: contains, value: host }]
`).join("");

const makefile = `all: ${jobs.map((job) => `out/${job.id}.mp4`).join(" ")}\n` + jobs.map((job) =>
  `out/${job.id}.mp4: clips/host.mp4 audio/hello.wav\n\tsync --video clips/host.mp4 --audio audio/hello.wav --insert ${job.insert} --volume ${job.volume} -o $@\n`).join("");

const snakefile = `jobs = {${jobs.map((job) => `"${job.id}": (${job.insert}, ${job.volume})`).join(", ")}}
rule all:
    input: expand("out/{job}.mp4", job=jobs)
rule sync:
    input: video="clips/host.mp4", audio="audio/hello.wav"
    output: "out/{job}.mp4"
    params: at=lambda w: jobs[w.job][0], volume=lambda w: jobs[w.job][1]
    shell: "sync --video {input.video} --audio {input.audio} --insert {params.at} --volume {params.volume} -o {output}"
`;

mkdirSync(folder, { recursive: true });
for (const [name, text] of Object.entries({ "flow.yaml": flow, "matrix.yaml": matrix, "promptfooconfig.yaml": promptfoo, Makefile: makefile, Snakefile: snakefile })) {
  writeFileSync(join(folder, name), text);
}
