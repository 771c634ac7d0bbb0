// Renders /openapi.json and sends requests. Text goes in as text, never as markup: of Markdown it
// knows paragraphs, lists and `code`, which is all that the descriptions use, and makes elements of them.

const METHODS = ["get", "post", "put", "patch", "delete"];
const DEPTH_MAX = 6;

const api = await (await fetch("/openapi.json")).json();
document.getElementById("description").replaceChildren(...prose(api.info.description));
const main = document.getElementById("operations");
main.replaceChildren(...groups().map(([tag, operations]) => section(tag, operations)));
document.getElementById("find").addEventListener("input", (event) => filter(event.target.value));
open(location.hash.slice(1));

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children.filter((child) => child !== null));
  return made;
}

/** Blocks of a description: an empty line ends a paragraph, and a line that begins with `- ` is one of a list. */
function prose(text) {
  return (text ?? "").trim().split(/\n\s*\n/u).filter(Boolean).map((block) => {
    const entries = block.split(/^- /mu);
    if (entries[0].trim() !== "") return element("p", {}, ...inline(block));
    return element("ul", {}, ...entries.slice(1).map((entry) => element("li", {}, ...inline(entry))));
  });
}

/** A line with its `code`. */
function inline(text) {
  const pieces = (text ?? "").split(/`([^`]+)`/u);
  return pieces.map((piece, index) => (index % 2 === 1 ? element("code", { textContent: piece }) : piece));
}

function groups() {
  const byTag = new Map();
  for (const [path, item] of Object.entries(api.paths)) {
    for (const method of METHODS.filter((name) => name in item)) {
      const tag = item[method].tags?.[0] ?? "other";
      byTag.set(tag, [...(byTag.get(tag) ?? []), { path, method, ...item[method] }]);
    }
  }
  return [...byTag].sort(([a], [b]) => a.localeCompare(b));
}

function section(tag, operations) {
  return element("section", {}, element("h2", { textContent: tag }), ...operations.map(operation));
}

function operation(described) {
  const details = element("details", { id: described.operationId ?? "" });
  details.append(
    element("summary", {},
      element("span", { className: `method ${described.method}`, textContent: described.method.toUpperCase() }),
      element("code", { textContent: described.path }),
      element("small", {}, ...inline(described.summary))),
  );
  // Most operations are never opened, so their bodies are made when they are.
  details.addEventListener("toggle", () => {
    if (details.open && details.childElementCount === 1) details.append(body(described));
  });
  return details;
}

function body(described) {
  const schema = requestSchema(described);
  return element("div", { className: "body" },
    ...prose(described.description),
    parameters(described.parameters ?? []),
    schema ? element("h4", { textContent: "Request" }) : null,
    schema ? element("pre", { textContent: shape(schema) }) : null,
    ...Object.entries(described.responses ?? {}).flatMap(([status, response]) => answer(status, response)),
    trial(described, schema));
}

function parameters(list) {
  if (list.length === 0) return null;
  const rows = list.map((parameter) => element("tr", {},
    element("td", {}, element("code", { textContent: parameter.name })),
    element("td", { textContent: parameter.in + (parameter.required ? "" : ", optional") }),
    element("td", { textContent: shape(parameter.schema ?? {}) }),
    element("td", {}, ...inline(parameter.description))));
  return element("table", {}, ...rows);
}

function answer(status, response) {
  const schema = Object.values(response.content ?? {})[0]?.schema;
  const title = element("h4", {}, ...inline(`${status} ${response.description ?? ""}`));
  return schema ? [title, element("pre", { textContent: shape(schema) })] : [title];
}

function requestSchema(described) {
  return Object.values(described.requestBody?.content ?? {})[0]?.schema ?? null;
}

function resolve(schema) {
  const name = schema?.$ref?.split("/").at(-1);
  return name ? (api.components.schemas[name] ?? {}) : (schema ?? {});
}

/** The type as people write it. */
function shape(schema, depth = 0) {
  const name = schema?.$ref?.split("/").at(-1);
  const real = resolve(schema);
  if (depth > DEPTH_MAX) return name ?? "…";
  if (real.enum) return real.enum.map((value) => JSON.stringify(value)).join(" | ");
  const choices = real.oneOf ?? real.anyOf;
  if (choices) return choices.map((choice) => shape(choice, depth + 1)).join(" | ");
  if (real.allOf) return real.allOf.map((part) => shape(part, depth + 1)).join(" & ");
  if (real.properties) return object(real, depth);
  const types = [real.type ?? "any"].flat();
  return types.map((type) => (type === "array" ? `${shape(real.items, depth + 1)}[]` : type)).join(" | ");
}

function object(schema, depth) {
  const indent = "  ".repeat(depth + 1);
  const required = new Set(schema.required ?? []);
  const lines = Object.entries(schema.properties).map(([name, property]) => {
    const note = property.description ? `  // ${property.description.split("\n")[0].replaceAll("`", "")}` : "";
    return `${indent}${name}${required.has(name) ? "" : "?"}: ${shape(property, depth + 1)}${note}`;
  });
  return `{\n${lines.join("\n")}\n${"  ".repeat(depth)}}`;
}

/** A value to begin with. */
function example(schema, depth = 0) {
  const real = resolve(schema);
  if (depth > DEPTH_MAX) return null;
  if (real.example !== undefined) return real.example;
  if (real.enum) return real.enum[0];
  const choice = (real.oneOf ?? real.anyOf)?.[0];
  if (choice) return example(choice, depth + 1);
  if (real.properties) {
    return Object.fromEntries(Object.entries(real.properties).map(([name, property]) => [name, example(property, depth + 1)]));
  }
  return { string: "", integer: 0, number: 0, boolean: false, array: [], object: {} }[[real.type].flat()[0]] ?? null;
}

function trial(described, schema) {
  const inputs = (described.parameters ?? []).filter(({ in: place }) => place !== "header").map((parameter) => {
    const input = element("input", { name: parameter.name });
    return { parameter, input, label: element("label", { textContent: parameter.name }, input) };
  });
  const json = schema !== null && "application/json" in described.requestBody.content;
  const text = json ? element("textarea", { value: JSON.stringify(example(schema), null, 2), ariaLabel: "Request body" }) : null;
  const result = element("pre", { hidden: true });
  const button = element("button", { type: "button", textContent: "Send" });
  button.addEventListener("click", () => send(described, inputs, text, result));
  return element("div", {}, element("h4", { textContent: "Try it" }), ...inputs.map(({ label }) => label), text, button, result);
}

async function send(described, inputs, text, result) {
  let path = described.path;
  const query = new URLSearchParams();
  for (const { parameter, input } of inputs) {
    if (parameter.in === "path") path = path.replace(`{${parameter.name}}`, encodeURIComponent(input.value));
    else if (input.value !== "") query.set(parameter.name, input.value);
  }
  const token = document.getElementById("token").value;
  const headers = { ...(text && { "Content-Type": "application/json" }), ...(token && { Authorization: `Bearer ${token}` }) };
  const address = query.size > 0 ? `${path}?${query}` : path;
  result.hidden = false;
  try {
    const response = await fetch(address, { method: described.method.toUpperCase(), headers, body: text?.value });
    result.textContent = `${response.status} ${response.statusText}\n\n${pretty(await response.text())}`;
  } catch (error) {
    result.textContent = String(error);
  }
}

function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

function filter(words) {
  for (const details of main.querySelectorAll("details")) {
    details.hidden = !details.textContent.toLowerCase().includes(words.toLowerCase());
  }
  for (const part of main.querySelectorAll("section")) {
    part.hidden = part.querySelector("details:not([hidden])") === null;
  }
}

function open(id) {
  const details = id ? document.getElementById(id) : null;
  if (details) details.open = true;
  details?.scrollIntoView();
}
