// A passkey is made or asked for by the browser; the form beside the button carries what it says to the studio.
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const known = (list = []) => list.map((each) => ({ ...each, id: bytes(each.id) }));

const said = (credential) => {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = text(credential.response[name]);
  }
  return {
    type: credential.type, id: credential.id, rawId: text(credential.rawId), response,
    clientExtensionResults: credential.getClientExtensionResults(),
  };
};

const create = ({ publicKey }) => navigator.credentials.create({
  publicKey: {
    ...publicKey,
    challenge: bytes(publicKey.challenge),
    user: { ...publicKey.user, id: bytes(publicKey.user.id) },
    excludeCredentials: known(publicKey.excludeCredentials),
    authenticatorSelection: {
      ...publicKey.authenticatorSelection, residentKey: "required", requireResidentKey: true, userVerification: "required",
    },
  },
});

const ask = ({ publicKey }) => navigator.credentials.get({
  publicKey: { ...publicKey, challenge: bytes(publicKey.challenge), allowCredentials: known(publicKey.allowCredentials) },
});

const options = async (form) => {
  const here = document.getElementById("passkey-options");
  if (here) return JSON.parse(here.textContent);
  return (await fetch(form.action, { headers: { Accept: "application/json" } })).json();
};

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-passkey]");
  if (!button) return;
  const refused = document.getElementById("passkey-refused");
  refused.hidden = true;
  try {
    const given = await options(button.form);
    const credential = await (given.creation_options ? create(given.creation_options) : ask(given.request_options));
    button.form.elements.credential.value = JSON.stringify(said(credential));
    button.form.submit();
  } catch {
    refused.hidden = false; // the person said no, or this device has none
  }
});
