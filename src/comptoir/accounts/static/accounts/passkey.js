// Passkeys, the browser's half (WebAuthn). Two POSTs: the first brings a challenge, the second what the device answered.
// A block [data-passkey] shows itself only where the browser can: without JavaScript the other ways remain.

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

/** The options of the server, with bytes where WebAuthn wants bytes. */
function decoded({ publicKey: options }) {
  const listed = (list) => list?.map((one) => ({ ...one, id: bytes(one.id) }));
  const ready = { ...options, challenge: bytes(options.challenge) };
  if (options.user) ready.user = { ...options.user, id: bytes(options.user.id) };
  if (options.excludeCredentials) ready.excludeCredentials = listed(options.excludeCredentials);
  if (options.allowCredentials) ready.allowCredentials = listed(options.allowCredentials);
  return ready;
}

/** What the device answered, as JSON. */
function encoded(credential) {
  const { response } = credential;
  const found = { clientDataJSON: text(response.clientDataJSON) };
  for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (response[name]) found[name] = text(response[name]);
  }
  return { id: credential.id, rawId: text(credential.rawId), type: credential.type, response: found };
}

async function post(url, token, body) {
  const headers = { "X-CSRFToken": token, "Content-Type": "application/json", Accept: "application/json" };
  const answer = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
  if (answer.headers.get("Content-Type")?.startsWith("application/json")) return answer.json();
  return { error: "Ce n'est pas passé. Rechargez la page, ou choisissez un autre moyen." };
}

async function run({ dataset: { passkey: does, ask, answer, token, to } }) {
  const options = await post(ask, token, {});
  if (!options.publicKey) return options;
  const publicKey = decoded(options);
  const shown = does === "make" ? navigator.credentials.create({ publicKey }) : navigator.credentials.get({ publicKey });
  const sent = encoded(await shown);
  if (does === "make") sent.name = navigator.userAgentData?.platform ?? navigator.platform;
  return post(to ? `${answer}?next=${encodeURIComponent(to)}` : answer, token, sent);
}

for (const block of document.querySelectorAll("[data-passkey]")) {
  if (!window.PublicKeyCredential) continue;
  const [button, error] = [block.querySelector("button"), block.querySelector("[role=alert]")];
  block.hidden = false;
  button.addEventListener("click", async () => {
    error.hidden = true;
    button.disabled = true;
    try {
      const outcome = await run(block);
      if (outcome.to) return void location.assign(outcome.to);
      error.textContent = outcome.error;
    } catch (fault) {
      const stopped = fault.name === "NotAllowedError" || fault.name === "AbortError";
      error.textContent = stopped ? "Rien n'a été fait : la demande a été annulée ou a expiré."
        : fault.name === "InvalidStateError" ? "Cet appareil a déjà une clé d'accès pour ce compte."
        : "Cet appareil ou cette adresse ne permet pas les clés d'accès. Choisissez un autre moyen.";
    }
    button.disabled = false;
    error.hidden = false;
  });
}
