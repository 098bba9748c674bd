// Opens GraphiQL for whoever has the session's token: from the link's fragment, which is never sent, else from the form.
// The token and what is typed stay in this tab.
"use strict";

const KEPT = "dockwright-token";
const WELCOME = `# The session's API. Ctrl-Enter runs the query; the book at the left has the documentation.
#
# query {
#   container {
#     from(address: "alpine") {
#       withExec(args: ["uname", "-a"]) { stdout }
#     }
#   }
# }

query {
  version
}
`;

const form = document.getElementById("admission");
const field = document.getElementById("token");
let token = "";
let root = null;

function headers() {
  const bytes = new TextEncoder().encode(token + ":");
  return { "Content-Type": "application/json", Authorization: "Basic " + btoa(String.fromCharCode(...bytes)) };
}

// Never with credentials that the browser knows: it would ask for a user and a password.
function post(body) {
  return fetch("/query", { method: "POST", credentials: "omit", headers: headers(), body: JSON.stringify(body) });
}

async function fetcher(request) {
  const response = await post(request);
  if (response.status === 401) {
    ask("The token is no longer valid: the session has been started anew.");
  }
  return response.json();
}

function show() {
  form.hidden = true;
  root ??= ReactDOM.createRoot(document.getElementById("graphiql"));
  const logo = React.createElement(GraphiQL.Logo, null, "dockwright");
  const properties = {
    fetcher,
    defaultQuery: WELCOME,
    inputValueDeprecation: true,
    isHeadersEditorEnabled: false,
    shouldPersistHeaders: false,
    storage: sessionStorage,
  };
  root.render(React.createElement(GraphiQL, properties, logo));
}

function ask(reason) {
  sessionStorage.removeItem(KEPT);
  root?.unmount();
  root = null;
  document.getElementById("reason").textContent = reason;
  form.hidden = false;
  field.value = "";
  field.focus();
}

async function enter(candidate) {
  token = candidate;
  let status;
  try {
    status = (await post({ query: "{__typename}" })).status;
  } catch {
    return ask("Nothing answers: the session has ended.");
  }
  if (status === 401) return ask("This is not the session's token.");
  sessionStorage.setItem(KEPT, token);
  show();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  enter(field.value.trim());
});

// A link that is opened in a tab which has the page already changes the fragment only.
function begin() {
  const given = new URLSearchParams(location.hash.slice(1)).get("token");
  if (given !== null) history.replaceState(null, "", location.pathname);
  const known = given ?? sessionStorage.getItem(KEPT);
  if (known) enter(known);
  else ask("");
}

addEventListener("hashchange", () => {
  if (location.hash) begin();
});
begin();
