// Verdict, totals, states to filter by, runs, and what went wrong.
const runName = run => run.kind === 'plan' ? `plan ${run.flow}` : `${run.flow} ${run.id ?? ''}`.trim();

function verdict() {
  const total = jobs.length, number = (...names) => jobs.filter(job => names.includes(job.status)).length;
  if (total === 0) return 'No jobs';
  if (hasPlan && hasResults) return `${many(total, 'job')} in ${many(runs.length, 'file')}`;
  if (hasPlan) {
    const send = number('create', 'change', 'resume', 'settle'), blocked = number('blocked');
    return `${send === 0 ? 'Nothing to do' : `${many(send, 'job')} to run`}${blocked > 0 ? `, ${counts.format(blocked)} blocked` : ''}`;
  }
  const good = number('succeeded', 'reused'), left = number('skipped');
  if (good + left === total && good > 0) return number('reused') === good ? (good === 1 ? 'The job’s video was there already' : `All ${counts.format(good)} videos were there already`) : good === 1 ? 'The job succeeded' : `All ${counts.format(good)} jobs succeeded`;
  return `${counts.format(good)} of ${many(total - left, 'job')} succeeded`;
}

function drawHead() {
  const statuses = [...Map.groupBy(jobs, job => job.status)].sort(([one], [other]) => NAMES.indexOf(one) - NAMES.indexOf(other));
  const worst = statuses.some(([name]) => ['bad', 'odd', 'warn'].includes(statusOf(name).tone) && !['change', 'resume'].includes(name));
  fill(byId('head'), {}, [
    el('p', { class: 'brand' }, el('b', {}, 'gkflow'), ' report', hasResults && runs.every(run => run.kind === 'plan' || run.simulated) ? el('span', { class: 'badge' }, 'simulated') : null, hasPlan && !hasResults ? el('span', { class: 'badge' }, 'plan') : null),
    el('h1', {}, el('bdi', {}, model.title)),
    el('p', { class: worst ? 'verdict' : 'verdict good' }, verdict()),
    jobs.length > 0 ? el('div', { class: 'share', 'aria-hidden': 'true' }, statuses.map(([name, list]) => el('i', { class: statusOf(name).tone, at: { flex: `${list.length} 1 0` } }))) : null,
    el('div', { class: 'chips', role: 'group', 'aria-label': 'Show only' }, statuses.map(([name, list]) => chip(name, list.length))),
    el('dl', { class: 'tiles' }, tiles().map(([name, value, more]) => el('div', {}, el('dt', {}, name), el('dd', {}, value, more ? el('span', { class: 'soft' }, more) : null)))),
    runList(),
  ]);
}

function chip(name, number) {
  const button = el('button', { type: 'button', class: `chip ${statusOf(name).tone}`, 'aria-pressed': 'false', on: { click: () => {
    wanted.statuses[wanted.statuses.has(name) ? 'delete' : 'add'](name);
    button.setAttribute('aria-pressed', wanted.statuses.has(name));
    showJobs();
  } } }, mark(name), el('b', {}, counts.format(number)), ` ${statusWord(name)}`);
  return button;
}

function tiles() {
  const steps = jobs.flatMap(job => job.steps ?? []), sources = [...new Set(runs.map(run => run.priceSource).filter(Boolean))];
  const cost = runs.reduce((sum, run) => sum + (run.costUsd ?? 0), 0), walls = runs.map(run => run.wallMs).filter(wall => wall !== undefined);
  const sent = steps.filter(step => step.status === 'create' || (step.usd > 0 && step.status !== 'reuse')).length;
  const output = jobs.reduce((sum, job) => sum + (job.output?.durationMs ?? 0), 0);
  const simulated = runs.every(run => run.simulated);
  return [
    ['Jobs', counts.format(jobs.length), ` on ${many(new Set(jobs.map(job => `${job.run} ${job.videoName}`)).size, 'video')}`],
    [hasResults ? simulated ? 'Would have cost' : 'Cost' : 'Estimate', money(cost), sources.length === 1 ? ` ${sources[0]}` : ''],
    ['Requests', counts.format(sent), hasResults ? simulated ? ' simulated' : ' paid in this run' : ' to send'],
    walls.length > 0 ? ['Time', span(Math.max(...walls)), runs.length > 1 ? ' longest run' : ' from start to end'] : null,
    output > 0 ? ['Made', span(output), ' of video'] : null,
  ].filter(Boolean);
}

function runList() {
  return el('ul', { class: 'runs' }, runs.map((run, index) => el('li', {},
    runs.length > 1 ? el('button', { type: 'button', class: 'link', 'aria-pressed': 'false', on: { click: event => {
      wanted.run = wanted.run === index ? undefined : index;
      for (const [each, button] of document.querySelectorAll('.runs button').entries()) button.setAttribute('aria-pressed', wanted.run === each);
      event.preventDefault();
      showJobs();
    } } }, runName(run)) : run.id ? el('span', { class: 'id' }, run.id) : null,
    run.startedAt === undefined ? null : moment(run.startedAt),
    run.host ? el('span', {}, run.simulated ? 'simulated: nothing was spent' : run.host) : null,
    runs.length > 1 ? el('span', {}, money(run.costUsd)) : null,
    el('span', {}, run.file),
    run.kind === 'results' && run.finishedAt === undefined ? el('b', { class: 'word warn' }, 'not ended: it goes on, or was cut off') : null)));
}

// Failures that say the same, but for names and numbers, are told once.
const sameness = ({ code, message }) => `${code} ${message.replace(/"[^"]*"|\d+/g, '#')}`;

function drawProblems() {
  const groups = Map.groupBy(jobs.filter(job => job.error), job => sameness(job.error));
  const failures = [...groups.values()].sort((one, other) => other.length - one.length);
  const problems = runs.flatMap(run => run.problems ?? []);
  if (failures.length + problems.length === 0) return;
  fill(byId('problems'), {}, [
    el('h2', { id: 'problems-title' }, failures.length > 0 ? 'What went wrong, and the way out' : 'What the plan warns of'),
    failures.slice(0, 40).map(failed => el('div', { class: 'group' }, trouble(failed[0].error), el('p', { class: 'who' },
      failed.slice(0, 6).map(job => el('button', { type: 'button', class: 'link', on: { click: () => goTo(job) } }, job.id)),
      failed.length > 6 ? el('button', { type: 'button', class: 'link', on: { click: () => search(failed[0].error.code ?? '') } }, `and ${counts.format(failed.length - 6)} more`) : null))),
    failures.length > 40 ? el('p', { class: 'soft' }, `${many(failures.length - 40, 'other message')}: see the jobs.`) : null,
    problems.slice(0, 40).map(problem => el('div', { class: 'group' }, el('div', { class: `trouble ${problem.severity}` },
      el('p', { class: 'message' }, el('b', { class: 'code' }, `${problem.severity} ${problem.code}`), ' ', problem.message),
      problem.hint ? el('p', { class: 'hint' }, problem.hint) : null, problem.place ? el('p', { class: 'soft wrap' }, problem.place) : null))),
    problems.length > 40 ? el('p', { class: 'soft' }, `and ${counts.format(problems.length - 40)} more.`) : null,
  ]);
  byId('problems').hidden = false;
}

