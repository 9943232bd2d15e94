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

drawHead();
drawProblems();
drawFlowchart();
drawKeys();
if (wholeLength > 0) {
  byId('axis').append(el('span', { class: 'soft' }, 'since the start of the run'), el('div', { class: 'scale' }, axis(wholeLength, 5)), legend(PHASES));
  byId('axis').hidden = false;
}
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
