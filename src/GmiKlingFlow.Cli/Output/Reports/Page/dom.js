// Elements. Text goes in as text: nothing that comes from a manifest is ever read as HTML.
function el(tag, props, ...children) {
  return fill(document.createElement(tag), props, children);
}

function svg(tag, props, ...children) {
  return fill(document.createElementNS('http://www.w3.org/2000/svg', tag), props, children);
}

function fill(node, props, children) {
  for (const [name, value] of Object.entries(props ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name === 'on') for (const [event, does] of Object.entries(value)) node.addEventListener(event, does);
    else if (name === 'at') for (const [property, size] of Object.entries(value)) node.style.setProperty(property, size);
    else node.setAttribute(name, value === true ? '' : value);
  }
  node.append(...children.flat(3).filter(child => child !== undefined && child !== null && child !== false && child !== ''));
  return node;
}

const byId = id => document.getElementById(id);
const percent = share => `${(100 * share).toFixed(3)}%`;
const clamp = (value, low, high) => Math.min(high, Math.max(low, value));

