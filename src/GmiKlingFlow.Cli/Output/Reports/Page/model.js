// The data in the page, with what is worked out of it once.
const model = JSON.parse(byId('data').textContent);
const runs = model.runs;
const jobs = model.jobs.map((job, index) => ({ ...job, index, of: runs[job.run], media: model.videos[job.video] }));
const hasPlan = runs.some(run => run.kind === 'plan');
const hasResults = runs.some(run => run.kind === 'results');
const costOf = job => (job.steps ?? []).reduce((sum, step) => sum + (step.usd ?? 0), 0);
const lookup = new Map(runs.map((_, run) => [run, new Map(jobs.filter(job => job.run === run).map(job => [job.id, job]))]));

// Everything of a job that somebody may look for.
function hay(job) {
  job.hay ??= [
    job.id, job.status, statusWord(job.status), job.videoName, job.media?.file?.shown, job.reason, job.of.id, job.of.flow,
    job.error?.code, job.error?.message, job.error?.hint, job.output?.file?.shown,
    ...Object.entries(job.labels ?? {}).map(([name, value]) => `${name}=${value}`),
    ...(job.entries ?? []).flatMap(entry => [entry.face, entry.audio]),
    ...(job.steps ?? []).map(step => step.requestId),
  ].filter(Boolean).join('\n').toLowerCase();
  return job.hay;
}

