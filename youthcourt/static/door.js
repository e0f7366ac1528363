// The square of a slip leads here with the code behind the "#", which is never sent to a server.
const field = document.querySelector("[data-slip-code]");
const code = decodeURIComponent(location.hash.slice(1)).replace(/[\s-]/g, "").toUpperCase();

if (field && /^[2-9A-HJKMNP-Z]{8}$/.test(code)) {
  history.replaceState(null, "", location.pathname);
  field.value = code;
  field.form.requestSubmit();
}
