// Behaves as Contact Form 7 and MailPoet do: both keep the form from being sent and ask by themselves.
const contact = document.querySelector(".wpcf7-form");
contact.addEventListener("submit", async (event) => {
  event.preventDefault();
  const path = "/wp-json/contact-form-7/v1/contact-forms/5/feedback";
  const body = new FormData(contact);
  const answer = await fetch(path, { method: "POST", body });
  const { status } = await answer.json();
  contact.classList.remove("init", "sent", "invalid");
  contact.classList.add(status === "mail_sent" ? "sent" : "invalid");
});

const letter = document.querySelector("form.mailpoet_form");
letter.addEventListener("submit", async (event) => {
  event.preventDefault();
  const says = (name) => {
    for (const message of letter.querySelectorAll(".mailpoet_message p"))
      message.style.display = message.className.endsWith(name) ? "" : "none";
  };
  if (!letter.querySelector(".mailpoet_text").value) return says("error");
  await fetch("/wp-admin/admin-ajax.php", { method: "POST" });
  says("success");
});
