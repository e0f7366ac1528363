// A form is sent once: further clicks wait until the page is shown again.
const SENT = "sent";
const LONGEST = 30_000; // milliseconds; after a stopped or lost request the form may be sent again

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("form[data-once]")) return;
  if (form.dataset.state === SENT) {
    event.preventDefault();
    return;
  }
  form.dataset.state = SENT;
  setTimeout(release, LONGEST);
  // Disabled buttons are not sent along, so they are dimmed only, after the form has been read.
  for (const button of form.querySelectorAll("button[type=submit], button:not([type])")) {
    button.setAttribute("aria-disabled", "true");
  }
});

// Back from another page, or out of the browser's page cache: everything may be sent again.
window.addEventListener("pageshow", release);

function release() {
  for (const form of document.querySelectorAll("form[data-once]")) {
    delete form.dataset.state;
    for (const button of form.querySelectorAll("[aria-disabled]")) {
      button.removeAttribute("aria-disabled");
    }
  }
}
