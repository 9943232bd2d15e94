// Which jobs are shown, and in what order.
const wanted = { words: [], statuses: new Set(), run: undefined, sort: 'plan' };

const ORDERS = {
  plan: ['In plan order', undefined],
  state: ['Failures first', (one, other) => statusOf(one.status).rank - statusOf(other.status).rank],
  length: ['Longest first', (one, other) => lengthOf(other) - lengthOf(one)],
  cost: ['Dearest first', (one, other) => costOf(other) - costOf(one)],
};

function chosen() {
  const fits = jobs.filter(job =>
    (wanted.statuses.size === 0 || wanted.statuses.has(job.status))
    && (wanted.run === undefined || wanted.run === job.run)
    && wanted.words.every(word => hay(job).includes(word)));
  const order = ORDERS[wanted.sort][1];
  return order ? fits.sort((one, other) => order(one, other) || one.index - other.index) : fits;
}

const isFiltered = () => wanted.words.length > 0 || wanted.statuses.size > 0 || wanted.run !== undefined;

