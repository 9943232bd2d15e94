// The start.
function search(text) {
  byId('search').value = text;
  wanted.words = text.toLowerCase().split(/\s+/).filter(Boolean);
  showJobs();
}

function goTo(job) {
  if (!chosen().includes(job)) clear();
  while (added < shown.length && !rowOf(job).isConnected) addRows(BATCH);
  toggle(job, true);
  rowOf(job).scrollIntoView({ block: 'start' });
  rowOf(job).querySelector('.open').focus({ preventScroll: true });
}

function clear() {
  wanted.statuses.clear();
  wanted.run = undefined;
  for (const pressed of document.querySelectorAll('[aria-pressed=true]')) pressed.setAttribute('aria-pressed', 'false');
  search('');
}

function drawAxis() {
  if (wholeLength === 0) return;
  const choice = el('select', { id: 'bars', on: { change: event => setBars(event.target.value === 'alone') } },
    el('option', { value: 'run', selected: !alone }, 'since the start of the run'), el('option', { value: 'alone', selected: alone }, 'since the job began'));
  byId('axis').replaceChildren(el('label', { class: 'choice' }, 'Bars ', choice), el('div', { class: 'scale' }, axis(alone ? longestWork() : wholeLength, 5)), legend(PHASES));
  byId('axis').hidden = false;
}

drawHead();
drawProblems();
drawFlowchart();
drawKeys();
drawAxis();
byId('sort').append(...Object.entries(ORDERS).map(([value, [text]]) => el('option', { value }, text)));
byId('sort').addEventListener('change', event => {
  wanted.sort = event.target.value;
  showJobs();
});
byId('search').addEventListener('input', event => search(event.target.value));
byId('clear').addEventListener('click', clear);
byId('foot').append(`Made by gkflow ${model.tool}. This file asks no network for anything; videos play from the files beside it.`);
document.addEventListener('keydown', onKey);
addEventListener('beforeprint', addAllRows);
showJobs();
if (jobs.length === 1) toggle(jobs[0], true);
const linked = new URLSearchParams(location.hash.slice(1)).get('job');
const linkedJob = linked !== null && jobs.find(job => job.id === linked);
if (linkedJob) goTo(linkedJob);
