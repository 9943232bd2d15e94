// What a job did when, in milliseconds after its run's start: waiting, queued, processing, downloading.
const PHASES = ['waiting', 'queued', 'processing', 'downloading'];

function phases(job) {
  return job.phases ??= job.of.kind === 'results' && job.of.startedAt !== undefined ? workOf(job) : [];
}

function workOf(job) {
  const start = job.of.startedAt, runEnd = (job.of.finishedAt ?? lastSign(job.of)) - start, found = [];
  // An identify that another job asked for, or a request of an earlier run, is no work of this one.
  const steps = (job.steps ?? []).filter(step => step.submittedAt !== undefined && step.status !== 'reused' && (step.finishedAt ?? Infinity) > start);
  if (steps.length === 0 && job.startedAt === undefined) return found;
  let at = 0;
  const add = (phase, to) => {
    if (to > at) {
      found.push({ phase, from: at, to });
      at = to;
    }
  };
  for (const step of steps.sort((one, other) => one.submittedAt - other.submittedAt)) {
    const sent = step.submittedAt - start, end = clamp((step.finishedAt ?? Infinity) - start, 0, runEnd);
    add('waiting', Math.min(sent, end));
    if (step.queuedMs !== undefined) add('queued', Math.min(sent + step.queuedMs, end));
    add('processing', end);
  }
  const done = clamp((job.finishedAt ?? -Infinity) - start, 0, runEnd);
  add(job.status === 'succeeded' && steps.length > 0 ? 'downloading' : 'waiting', done);
  return found;
}

// A run that was cut off has no end: what was last heard of it stands for that.
function lastSign(run) {
  run.lastSign ??= Math.max(run.startedAt, ...model.jobs.filter(job => runs[job.run] === run)
    .flatMap(job => [job.finishedAt ?? 0, ...(job.steps ?? []).flatMap(step => [step.submittedAt ?? 0, step.finishedAt ?? 0])]));
  return run.lastSign;
}

const lengthOf = job => phases(job).at(-1)?.to ?? 0;
const workedOn = jobs.filter(job => phases(job).length > 0);
const wholeLength = workedOn.reduce((most, job) => Math.max(most, lengthOf(job)), 0);

// Round steps for an axis.
function ticks(length, wanted) {
  const raw = length / wanted, sizes = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 15000, 30000, 60000, 120000, 300000, 600000, 900000, 1800000, 3600000, 7200000, 21600000, 43200000, 86400000];
  const step = sizes.find(size => size >= raw) ?? Math.ceil(raw / 86400000) * 86400000;
  return length > 0 ? Array.from({ length: Math.floor(length / step) + 1 }, (_, i) => i * step) : [0];
}

function tickLabel(ms) {
  if (ms === 0) return '0';
  if (ms < 60000) return `${ms / 1000} s`;
  if (ms < 3600000) return ms % 60000 === 0 ? `${ms / 60000} min` : `${Math.floor(ms / 60000)}:${String((ms % 60000) / 1000).padStart(2, '0')}`;
  return ms % 3600000 === 0 ? `${ms / 3600000} h` : `${Math.floor(ms / 3600000)} h ${(ms % 3600000) / 60000}`;
}

function axis(length, wanted, classes) {
  return el('div', { class: `ticks ${classes ?? ''}`, 'aria-hidden': 'true' }, ticks(length, wanted).map(ms => {
    const share = length > 0 ? ms / length : 0;
    return el('span', { class: share > 0.94 ? 'tick last' : 'tick', at: { left: percent(share) } }, tickLabel(ms));
  }));
}

