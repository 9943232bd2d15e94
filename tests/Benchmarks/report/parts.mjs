// What each part of the benchmarks compares with what. The order is the page's.
export const parts = [
  {
    part: "start",
    groups: [{ group: "start", title: "start-up", base: "empty .NET program" }],
  },
  {
    part: "validate",
    groups: [1, 100, 10000].map((jobs) => ({ group: `validate-${jobs}`, title: `validate, ${count(jobs)}`, base: "gkflow validate" })),
  },
  {
    part: "plan",
    groups: [1, 100, 10000].map((jobs) => ({ group: `plan-${jobs}`, title: `plan, ${count(jobs)}`, base: "gkflow plan" })),
  },
  {
    part: "run",
    groups: [{ group: "run", title: "run, 50 jobs of 5 s, 25 at once", base: "gkflow run" }],
  },
  {
    part: "resume",
    groups: [
      { group: "resume-nothing", title: "again, nothing to do", base: "gkflow run" },
      { group: "resume-half", title: "again, after being killed half-way", base: "gkflow run" },
    ],
  },
  {
    part: "durable",
    groups: [{ group: "durable", title: "durable writes" }],
  },
  {
    part: "inside",
    groups: [{ group: "inside", title: "inside the process" }],
  },
];

/** Scripts beside run.sh that print their own tables. */
export const tellers = ["polling", "orchestration", "downloads"];

function count(jobs) {
  return jobs === 1 ? "1 job" : `${jobs.toLocaleString("en-US")} jobs`;
}
